using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Embedding.Pricing;
using Tidemark.Records;
using Tidemark.Syncing;

namespace Tidemark.Tests.Wire;

/// <summary>Reports that have something in each of their members.</summary>
internal static class Reports
{
    public static SyncReport Run { get; } = new()
    {
        Run = 7,
        Namespace = "default",
        Cleanup = "full",
        Outcome = RunOutcome.Guarded,
        Documents = new DocumentCounts(36, 1, 2, 3, 4, 5, 6, 7, 8),
        Chunks = new ChunkCounts(9, 10, 11, 12),
        Embedding = new EmbeddingCounts("openai:m:3", 1, 2, 3, 1_000_000, new AvoidedTokens(500_000, 250_000), 0.02m)
        {
            Endpoint = "https://api.example.org/v1",
        },
        Guard = new GuardReport(12, 0.123456, "docs", "allow it"),
        Budget = new BudgetReport("run", 1.5m, 1.25m, "raise it"),
        Index = new IndexReport("chroma:http://h/c", 1, 2, 3)
        {
            Failure = new TidemarkException("index.unreachable", "'h' is away", "start it"),
        },
        Errors = [new ItemFailure("line 1", "source.malformed", "'é' is wrong", "mend it", HidesDocuments: true)],
        Warnings = [new ItemWarning("docs/a.md", "version.ahead", "ahead", "wait")],
        NotTaken = new Dictionary<string, long> { [".ipynb"] = 3 },
        WithoutText = 2,
        Plan = "abc",
        Latency = LatencyReport.None with
        {
            Read = new LatencySummary(4, TimeSpan.FromTicks(123), TimeSpan.FromMilliseconds(2.5), TimeSpan.FromSeconds(3)),
        },
        Elapsed = TimeSpan.FromTicks(12_345_678),
    };

    public static SyncReport Plan { get; } = Run with
    {
        Run = null,
        Plan = null,
        Index = null,
        Changes =
        [
            new PlannedChange("docs/a.md", "edited", "text", new ChunkCounts(1, 2, 3, 4), 5)
            {
                Changed = ChangedInputs.Text | ChangedInputs.Metadata,
                Embedded = 1,
                Digest = ContentHash.Of("a"),
            },
            new PlannedChange("docs/c.md", "moved", "moved", new ChunkCounts(0, 0, 1, 0), 0, "docs/b.md"),
        ],
    };

    public static IndexedChunk Chunk { get; } = new()
    {
        Document = "docs/a.md",
        Source = "docs",
        Ordinal = 1,
        Input = ContentHash.Of("input"),
        Occurrence = 0,
        Heading = "A > B",
        Text = "text \"é\"",
        Metadata = DocumentMetadata.Parse("""{"lang":"en"}"""),
        Vector = new float[] { 0.5f, -1 },
    };

    public static DocumentSummary Document { get; } = new()
    {
        Id = "docs/a.md",
        Source = "docs",
        SourceId = "docs/a.md",
        TextHash = ContentHash.Of("text"),
        Metadata = DocumentMetadata.Parse("""{"lang":"en"}"""),
        Version = new DocumentVersion(3, null),
        ExpiresAt = Printed.Noon.AddTicks(5),
        Chunks = 2,
        Sequence = 9,
        Run = 7,
        UpdatedAt = Printed.Noon,
    };

    public static PipelineIdentity Pipeline { get; } = new("structured;1", "text;1", "hashing:384", 384);

    public static NamespaceSummary Namespace { get; } = new()
    {
        Name = "default",
        Generation = new GenerationRecord(2, Pipeline, GenerationState.Active),
        Documents = 3,
        Chunks = 4,
        Sequence = 5,
        LastCompleteSync = Printed.Noon,
    };

    public static RunRecord Lost { get; } = new()
    {
        Id = 8,
        Namespace = "default",
        Command = "sync",
        Sources = ["docs", "jsonl"],
        StartedAt = Printed.Noon,
        FinishedAt = Printed.Noon.AddSeconds(1.5),
        Outcome = RunOutcome.Failed,
    };

    public static LedgerEntry Paid(long run, decimal cost, long unpriced = 0) => new(
        LedgerMonth.Of(Printed.Noon), run, EmbeddingCause.Text, 1, new LedgerSum(new EmbeddingUsage(1, 2, 3), 3, cost, unpriced));
}
