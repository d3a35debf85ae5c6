using System.Collections.Frozen;

namespace Tidemark;

/// <summary>
/// What remedies tell people to call or to set: calls, options and verbs of the library, as a program writes them. The library says them as
/// they are; every other shell has words of its own for each (<see cref="RemedyWords"/>). <c>""</c> stands for a name that is filled in.
/// </summary>
public static class RemedyKeys
{
    /// <summary>Every one.</summary>
    public static FrozenSet<string> All { get; } = ((string[])
    [
        .. Calls, .. Migrations, .. Options, .. Sources, .. Verbs,
    ]).ToFrozenSet(StringComparer.Ordinal);

    private static string[] Calls =>
    [
        "VerifyAsync(Repair)", "VerifyAsync(SOURCE, Repair)", "VerifyAsync(SOURCE, Repair, Namespace: \"\")",
        "SyncAsync()", "SyncAsync(SOURCE)", "SyncAsync(FOLDER)", "SyncAsync(Rebuild)", "SyncAsync(SOURCE, Rebuild)",
        "SyncAsync(Rebuild, ChunkerKind.Structured)", "SyncAsync(SOURCE, Rebuild, Embedder: \"\")", "PlanAsync(SOURCE)",
        "RunsAsync()", "NamespacesAsync()", "DropNamespaceAsync(\"\", DropSuppressions)",
        "DocumentsAsync()", "DocumentsAsync(AsOf)", "HistoryAsync()", "HistoryAsync(\"\")",
        "ArchiveAsync()", "RestoreAsync(\"\", AsOf: TIME|RUN)", "ExpireAsync()",
        "HoldsAsync()", "ReleaseHoldAsync(\"\")", "ReleaseHoldAsync(Source: \"\")",
        "ForgetAsync()", "ForgottenAsync()", "ForgottenAsync(\"\")", "ReapplyAsync(FILE)", "LiftAsync(DOCUMENT)", "LiftAsync(SOURCE)",
        "GoldenQueriesAsync()", "RecordGoldenAsync(QUERIES)", "RemoveGoldenAsync(QUERY)",
        "RunWorkerAsync()", "RunWorkerAsync(UntilEmpty)",
        "Queue.ListAsync()", "Queue.RetryAsync()", "Queue.DropAsync()", "Queue.DropAsync(Dead)",
        "Keys.ListAsync()", "Jobs.RunAsync()", "StoreCopy.RunAsync()", "AcceptRewindAsync()", "Exception.ToString()",
        "PostgresFeed.RunAsync()", "PostgresFeed.RunAsync(Repair)", "PostgresFeed.RunAsync(\"\", Repair)",
        "PostgresFeed.RunAsync(\"\", Repair, DeletionGuard.Off)",
    ];

    private static string[] Migrations =>
    [
        "MigrationStatusAsync()", "StartMigrationAsync()", "ValidateMigrationAsync()", "PromoteMigrationAsync()", "RollBackMigrationAsync()",
        "FinishMigrationAsync()", "FinishMigrationAsync(Namespace: \"\")", "CancelMigrationAsync()", "MigrationOptions.AcceptInconclusive",
    ];

    private static string[] Options =>
    [
        "AdoptionOptions.Shorten", "AdoptionOptions.Trust",
        "SyncOptions.Cleanup", "SyncOptions.DropRefused", "SyncOptions.Force", "SyncOptions.Guard", "SyncOptions.IgnoreVersions",
        "SyncOptions.Rebuild", "SyncOptions.RetryRefused", "SyncOptions.SourceName", "SyncOptions.Wait",
        "CleanupMode.None", "DeletionGuard.Off", "SpendingLimits.Run", "SpendingLimits.Month",
        "SearchMode.Keyword", "SearchOptions.AsOf", "SearchOptions.Filter", "SearchOptions.IncludeArchived", "MetadataFilter.Path(\"\")",
        "DropOptions.All", "DropOptions.Dead", "EnqueueOptions.MostWaiting", "GarbageOptions.History",
        "CostOptions.Churn", "CostOptions.PricePerMillionTokens",
    ];

    private static string[] Sources =>
    [
        "JsonLinesOptions.IdKey", "JsonLinesOptions.SourceIdKey", "JsonLinesOptions.TextKey", "JsonLinesOptions.TextTemplate",
        "ConnectorOptions.Format", "ConnectorOptions.IdKey", "ConnectorOptions.TextKey", "ConnectorOptions.TextTemplate",
        "DirectoryOptions.Include", "DirectoryOptions.Exclude", "DirectoryOptions.Exclude(\"\")", "DirectoryOptions.Extractors",
        "DirectoryOptions.FileExtractors", "GitOptions.Repository", "GitOptions.Revision", "PostgresFeedOptions.Tables", "PostgresFeedOptions.Patience",
    ];

    private static string[] Verbs =>
    [
        "UseSqlite()", "UseSqlite(\"\")", "UseEmbedder()", "UseEmbedder(\"\")", "AddEmbedder()", "UseChunker()", "UseStemming()", "UseIndex()",
        "KeepText()", "AppendOnly()", "ChunkerKind.Structured", "ChunkerOptions.Size", "ChunkerOptions.Overlap",
        "EmbeddingSpace.Name", "EmbeddingModel.Endpoint", "EmbeddingModel.PricePerMillionTokens", "EmbeddingRequestOptions.RequestsPerMinute",
        "EmbeddingRequestOptions.TokensPerMinute", "OpenAIOptions.Tokenizer",
    ];
}
