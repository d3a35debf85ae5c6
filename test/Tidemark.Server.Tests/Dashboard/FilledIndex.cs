using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Records;
using Tidemark.Server.Tests.Support;
using Tidemark.Streaming;
using Xunit;

namespace Tidemark.Server.Tests.Dashboard;

/// <summary>An index in which everything has happened once: edited, deleted, held, searched, given up.</summary>
internal static class FilledIndex
{
    public const string Attack = "<script>alert(1)</script>";

    private static readonly AttemptRule Once = new(1, TimeSpan.Zero, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static Task<RunningService> StartAsync(MoodyGenerator model) => RunningService.StartAsync(
        new ServerOptions { Worker = new WorkerOptions { Attempts = Once }, Status = new() { MonthlyBudget = 20 } },
        index => index.UseEmbedder(model, "moody", MoodyGenerator.Dimensions, new EmbeddingRequestOptions { MaxAttempts = 1 }),
        before: FillAsync);

    private static async Task FillAsync(TidemarkIndex index)
    {
        await PutAsync(index, "a.md", "# Storms\n\nBefore a storm the berths are cleared.", DocumentMetadata.Of(("lang", "en"), ("year", 2026)));
        await PutAsync(index, "a.md", "# Storms\n\nBefore a storm all berths are cleared.", DocumentMetadata.Of(("lang", "en"), ("year", 2026)));
        await PutAsync(index, "gone.md", "A leaflet that nobody needs any more.");
        await index.DeleteAsync("gone.md", cancellationToken: Token);
        await PutAsync(index, Attack, $"The text says {Attack} & means \"it\".", DocumentMetadata.Of(("title", Attack)));
        await index.AddHoldAsync(SafeguardScope.Document, "a.md", Attack, cancellationToken: Token);
        await index.RecordGoldenAsync([new GoldenQuery { Query = "storm", Expected = [new GoldenAnswer("a.md")], Must = true }], cancellationToken: Token);
        await index.RunGoldenAsync(cancellationToken: Token);
        await index.EnqueueAsync(Texts.Changes(Texts.Of("poisoned.md", "some poison")), cancellationToken: Token);
        await index.RunWorkerAsync(new WorkerOptions { Attempts = Once, UntilEmpty = true }, Token);
    }

    private static Task PutAsync(TidemarkIndex index, string id, string text, DocumentMetadata metadata = default) =>
        index.PutAsync(Texts.Of(id, text) with { Metadata = metadata, ChangedAt = TimeProvider.System.GetUtcNow() }, cancellationToken: Token);
}
