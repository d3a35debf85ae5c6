using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Tidemark.Documents;
using Tidemark.Hosting.Settings;
using Xunit;

namespace Tidemark.Hosting.Tests;

/// <summary>An index from configuration: what is said is done, and what is wrong is told at once.</summary>
public sealed class ConfigurationTests
{
    [Fact]
    public async Task What_a_section_says_is_how_the_index_is()
    {
        await using var provider = Register(
            ("Tidemark:Namespace", "notes"), ("Tidemark:AppendOnly", "true"), ("Tidemark:Chunker:Kind", "none"), ("Tidemark:Dimensions", "32"))
            .BuildServiceProvider();
        var index = provider.GetRequiredService<TidemarkIndex>();

        await index.PutAsync(new Document { Id = "a", Text = "a text" }, cancellationToken: TestContext.Current.CancellationToken);
        var refusal = await Should.ThrowAsync<TidemarkException>(() => index.ExpireAsync(cancellationToken: TestContext.Current.CancellationToken));

        (index.Namespace, refusal.Code).ShouldBe(("notes", ErrorCodes.NamespaceAppendOnly));
        (await index.NamespaceAsync(cancellationToken: TestContext.Current.CancellationToken)).Generation!.Pipeline.ShouldSatisfyAllConditions(
            pipeline => pipeline.Chunker.ShouldStartWith("none"), pipeline => pipeline.Space.ShouldBe("hashing:32"));
    }

    [Fact]
    public void All_mistakes_are_told_at_once_with_what_to_do()
    {
        var failure = Should.Throw<TidemarkException>(() => Register(
            ("Tidemark:NormalizeInput", "yes"), ("Tidemark:Chunker:Kind", "clever"), ("Tidemark:Chunker:Size", "3"), ("Tidemark:Guard:MaxShare", "20"),
            ("Tidemark:Namespce", "x"), ("Tidemark:Wait", "soon")));

        failure.Code.ShouldBe(ErrorCodes.ConfigurationInvalid);
        failure.Message.ShouldBe(
            "'Tidemark:NormalizeInput' is 'yes'; 'Tidemark:Wait' is 'soon'; 'Tidemark:Chunker:Kind' is 'clever'; 'Tidemark:Chunker:Size' is '3'; "
            + "'Tidemark:Guard:MaxShare' is '20'; 'Tidemark:Dimensions' is missing; nobody knows 'Tidemark:Namespce'");
        failure.Remedy.ShouldContain("make 'Tidemark:Chunker:Kind' one of 'Structured', 'Recursive', 'None'");
        failure.Remedy.ShouldContain("did you mean 'Tidemark:Namespace'?");
    }

    [Fact]
    public void Lists_and_numbers_below_the_section_are_known_once_they_are_asked_for()
    {
        var settings = new TidemarkSettings(Section(("Tidemark:Folders:0", "a"), ("Tidemark:Folders:1", "b"), ("Tidemark:Most", "7")));

        settings.Texts("Folders").ShouldBe(["a", "b"]);
        settings.Number("Most", most: 9).ShouldBe(7);
        settings.Check();
    }

    private static IServiceCollection Register(params (string Key, string Value)[] settings) => new ServiceCollection().AddTidemark(
        Section(settings), (t, known) => t.UseInMemory().UseHashingEmbedder(int.TryParse(known.Required("Dimensions"), out var dimensions) ? dimensions : 16));

    private static IConfigurationSection Section(params (string Key, string Value)[] settings) => new ConfigurationBuilder()
        .Add(new Fixed(settings)).Build().GetSection("Tidemark");

    private sealed class Fixed((string Key, string Value)[] settings) : ConfigurationProvider, IConfigurationSource
    {
        public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

        public override void Load() => Data = settings.ToDictionary(one => one.Key, one => (string?)one.Value, StringComparer.OrdinalIgnoreCase);
    }
}
