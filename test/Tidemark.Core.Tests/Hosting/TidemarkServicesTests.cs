using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Tidemark.Conformance.InMemory;
using Tidemark.Embedding;
using Xunit;

namespace Tidemark.Tests.Hosting;

public sealed class TidemarkServicesTests
{
    [Fact]
    public void One_index_is_registered_for_the_whole_container()
    {
        using var provider = new ServiceCollection()
            .AddTidemark(t => t.UseStore(new InMemoryStore()).UseHashingEmbedder(16))
            .BuildServiceProvider();

        provider.GetRequiredService<TidemarkIndex>().ShouldBeSameAs(provider.GetRequiredService<TidemarkIndex>());
    }

    [Fact]
    public async Task Several_indexes_are_told_apart_by_their_keys()
    {
        var (first, second) = (new InMemoryStore(), new InMemoryStore());
        await using var provider = new ServiceCollection()
            .AddTidemark("a", t => t.UseStore(first).UseHashingEmbedder(16))
            .AddTidemark("b", t => t.UseStore(second).UseHashingEmbedder(16))
            .BuildServiceProvider();

        var index = provider.GetRequiredKeyedService<TidemarkIndex>("b");

        (await index.OpenStoreAsync(TestContext.Current.CancellationToken)).ShouldBeSameAs(second);
    }

    [Fact]
    public async Task Models_and_clocks_come_from_the_services()
    {
        TimeProvider? given = null;
        var clock = new Tidemark.Conformance.Support.TestClock();
        await using var provider = new ServiceCollection()
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton(HashingModel.Create(32))
            .AddTidemark(t => t
                .UseEmbedder(services => services.GetRequiredService<EmbeddingModel>())
                .UseStore((context, _) =>
                {
                    given = context.Clock;
                    return ValueTask.FromResult<Tidemark.Indexing.ITidemarkStore>(new InMemoryStore(context.Clock));
                }))
            .BuildServiceProvider();

        await provider.GetRequiredService<TidemarkIndex>().OpenStoreAsync(TestContext.Current.CancellationToken);

        given.ShouldBeSameAs(clock);
    }

    [Fact]
    public void What_is_missing_is_named_at_once_and_before_anything_is_asked()
    {
        var failure = Should.Throw<TidemarkException>(() => new ServiceCollection().AddTidemark(_ => { }));

        failure.Code.ShouldBe(ErrorCodes.ConfigurationInvalid);
        failure.Message.ShouldContain("no store and no embedder");
        Should.Throw<TidemarkException>(() => TidemarkIndex.Create(t => t.UseHashingEmbedder())).Message.ShouldNotContain("embedder");
    }

    [Fact]
    public void Dimensions_that_are_none_are_refused() =>
        Should.Throw<TidemarkException>(() => TidemarkIndex.Create(t => t.UseHashingEmbedder(3))).Code
            .ShouldBe(ErrorCodes.ConfigurationInvalid);
}
