using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Shouldly;
using Tidemark.Documents;
using Tidemark.Reporting;
using Xunit;

namespace Tidemark.Hosting.Tests;

/// <summary>A host's health says how its index stands.</summary>
public sealed class HealthCheckTests
{
    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_index_that_answers_is_healthy_also_before_anything_was_put_into_it()
    {
        await using var host = new TestHost(services => services.AddTidemark(t => t.UseInMemory().UseHashingEmbedder(16)).AddHealthChecks().AddTidemark());

        (await CheckAsync(host)).Status.ShouldBe(HealthStatus.Healthy);
        await host.Index.PutAsync(new Document { Id = "a", Text = "a text" }, cancellationToken: None);
        var entry = await CheckAsync(host);

        entry.Status.ShouldBe(HealthStatus.Healthy, entry.Description);
        entry.Data["documents"].ShouldBe(1L);
    }

    [Fact]
    public async Task Alerts_degrade_it_and_are_named()
    {
        await using var host = new TestHost(services => services
            .AddTidemark(t => t.UseInMemory().UseHashingEmbedder(16))
            .AddHealthChecks().AddTidemark(options: new StatusOptions { QueueDepth = 0 }));
        await host.Index.PutAsync(new Document { Id = "a", Text = "a text" }, cancellationToken: None);
        await host.Index.EnqueueAsync(
            new[] { (DocumentChange)new DocumentChange.Upsert(new Document { Id = "b", Text = "b" }) }.ToAsyncEnumerable(), cancellationToken: None);

        var entry = await CheckAsync(host);

        entry.Status.ShouldBe(HealthStatus.Degraded);
        entry.Description.ShouldNotBeNull().ShouldContain($"[{AlertCodes.QueueDepth}]");
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_as_the_registration_says()
    {
        await using var host = new TestHost(services => services
            .AddTidemark(t => t.UseHashingEmbedder(16).UseStore((_, _) =>
                throw new TidemarkException(ErrorCodes.StoreUnreachable, "the server is away", "start it")))
            .AddHealthChecks().AddTidemark("index", failureStatus: HealthStatus.Degraded, tags: ["ready"]));

        var entry = await CheckAsync(host, "index");

        (entry.Status, entry.Tags.Single()).ShouldBe((HealthStatus.Degraded, "ready"));
        entry.Description.ShouldBe("the server is away [store.unreachable]; start it");
    }

    private static async Task<HealthReportEntry> CheckAsync(TestHost host, string name = "tidemark") =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(None)).Entries[name];
}
