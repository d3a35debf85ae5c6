namespace Tidemark.Server.Problems;

/// <summary>How HTTP says what remedies tell people to do: requests for calls, parameters for options; else what the command line has.</summary>
internal static class ServiceTable
{
    /// <summary>The table.</summary>
    public static RemedyWords Words { get; } = new([.. Calls, .. Migrations, .. Flags, .. Sources, .. Settings]);

    private static Dictionary<string, string> Calls => new(StringComparer.Ordinal)
    {
        ["VerifyAsync(Repair)"] = "POST repair",
        ["VerifyAsync(SOURCE, Repair)"] = "POST repair with {\"source\":[\"SOURCE\"]}",
        ["VerifyAsync(SOURCE, Repair, Namespace: \"\")"] = "POST repair?namespace={0} with {\"source\":[\"SOURCE\"]}",
        ["SyncAsync()"] = "POST sync",
        ["SyncAsync(SOURCE)"] = "POST sync",
        ["SyncAsync(FOLDER)"] = "POST sync",
        ["SyncAsync(Rebuild)"] = "tidemark sync --rebuild",
        ["SyncAsync(SOURCE, Rebuild)"] = "tidemark sync SOURCE --rebuild",
        ["SyncAsync(Rebuild, ChunkerKind.Structured)"] = "tidemark sync --rebuild --chunker structured",
        ["SyncAsync(SOURCE, Rebuild, Embedder: \"\")"] = "tidemark sync SOURCE --rebuild --embedder {0}",
        ["PlanAsync(SOURCE)"] = "tidemark plan SOURCE --out FILE",
        ["RunsAsync()"] = "GET runs",
        ["NamespacesAsync()"] = "GET namespaces",
        ["DropNamespaceAsync(\"\", DropSuppressions)"] = "tidemark namespace drop {0} --drop-suppressions",
        ["DocumentsAsync()"] = "GET documents",
        ["DocumentsAsync(AsOf)"] = "GET documents?asOf=TIME",
        ["HistoryAsync()"] = "GET history",
        ["HistoryAsync(\"\")"] = "GET history?document={0}",
        ["ArchiveAsync()"] = "GET archive",
        ["RestoreAsync(\"\", AsOf: TIME|RUN)"] = "POST restore with {\"document\":\"{0}\",\"asOf\":\"TIME|RUN\"}",
        ["ExpireAsync()"] = "POST expire",
        ["HoldsAsync()"] = "GET holds",
        ["ReleaseHoldAsync(\"\")"] = "DELETE holds?document={0}",
        ["ReleaseHoldAsync(Source: \"\")"] = "DELETE holds?sourceId={0}",
        ["ForgetAsync()"] = "POST forget",
        ["ForgetAsync(SOURCE)"] = "POST forget with {\"sourceId\":\"SOURCE\"}",
        ["ForgottenAsync()"] = "tidemark forget --export",
        ["ForgottenAsync(\"\")"] = "tidemark forget --export --namespace {0}",
        ["ReapplyAsync(FILE)"] = "tidemark forget --reapply FILE",
        ["LiftAsync(DOCUMENT)"] = "--lift DOCUMENT",
        ["LiftAsync(SOURCE)"] = "--lift --source ID",
        ["GoldenQueriesAsync()"] = "GET golden",
        ["RecordGoldenAsync(QUERIES)"] = "POST golden with {\"query\":\"how do I install it\",\"expected\":[\"docs/install.md\"]}",
        ["RemoveGoldenAsync(QUERY)"] = "DELETE golden?query=QUERY",
        ["RunWorkerAsync()"] = "tidemark worker",
        ["RunWorkerAsync(UntilEmpty)"] = "tidemark worker --until-empty",
        ["Queue.ListAsync()"] = "GET queue",
        ["Queue.RetryAsync()"] = "POST queue/retry",
        ["Queue.DropAsync()"] = "POST queue/drop",
        ["Queue.DropAsync(Dead)"] = "POST queue/drop with {\"dead\":true}",
        ["Keys.ListAsync()"] = "GET keys",
        ["Jobs.RunAsync()"] = "the service",
        ["StoreCopy.RunAsync()"] = "tidemark store copy",
        ["Exception.ToString()"] = "the service's log",
        ["PostgresFeed.RunAsync()"] = "tidemark feed",
        ["PostgresFeed.RunAsync(Repair)"] = "tidemark feed repair",
        ["PostgresFeed.RunAsync(\"\", Repair)"] = "tidemark feed repair {0}",
        ["PostgresFeed.RunAsync(\"\", Repair, DeletionGuard.Off)"] = "tidemark feed repair {0} --allow-delete",
    };

    private static Dictionary<string, string> Migrations => new(StringComparer.Ordinal)
    {
        ["MigrationStatusAsync()"] = "GET migration",
        ["StartMigrationAsync()"] = "POST migration/start",
        ["ValidateMigrationAsync()"] = "POST migration/validate",
        ["PromoteMigrationAsync()"] = "POST migration/promote",
        ["RollBackMigrationAsync()"] = "POST migration/rollback",
        ["FinishMigrationAsync()"] = "POST migration/finish",
        ["FinishMigrationAsync(Namespace: \"\")"] = "POST migration/finish?namespace={0}",
        ["CancelMigrationAsync()"] = "POST migration/cancel",
        ["MigrationOptions.AcceptInconclusive"] = "{\"accept\":true}",
    };

    private static Dictionary<string, string> Flags => new(StringComparer.Ordinal)
    {
        ["SyncOptions.Cleanup"] = "--cleanup",
        ["SyncOptions.DropRefused"] = "--drop-refused",
        ["SyncOptions.Force"] = "--force",
        ["SyncOptions.Guard"] = "--max-delete",
        ["SyncOptions.IgnoreVersions"] = "--ignore-versions",
        ["SyncOptions.Rebuild"] = "--rebuild",
        ["SyncOptions.RetryRefused"] = "{\"retryRefused\":true}",
        ["SyncOptions.SourceName"] = "--source-name",
        ["SyncOptions.Wait"] = "'Prefer: wait=SECONDS'",
        ["CleanupMode.None"] = "--cleanup none",
        ["DeletionGuard.Off"] = "{\"allowDelete\":true}",
        ["SpendingLimits.Run"] = "'budget'",
        ["SearchMode.Keyword"] = "mode=keyword",
        ["SearchOptions.AsOf"] = "asOf",
        ["SearchOptions.Filter"] = "filter",
        ["SearchOptions.IncludeArchived"] = "includeArchived",
        ["MetadataFilter.Path(\"\")"] = "path={0}",
        ["DropOptions.All"] = "'all'",
        ["DropOptions.Dead"] = "'dead'",
        ["CostOptions.Churn"] = "--churn 1%",
        ["CostOptions.PricePerMillionTokens"] = "--price USD",
        ["UseSqlite()"] = "--store",
        ["UseSqlite(\"\")"] = "--store 'sqlite:{0}'",
        ["UseEmbedder()"] = "'embedder'",
        ["UseEmbedder(\"\")"] = "--embedder {0}",
        ["AddEmbedder()"] = "'embedding' of the settings",
        ["UseChunker()"] = "'chunker'",
        ["UseIndex()"] = "'index'",
        ["ChunkerKind.Structured"] = "--chunker structured",
        ["ChunkerOptions.Size"] = "'chunkSize'",
        ["ChunkerOptions.Overlap"] = "'chunkOverlap'",
    };

    private static Dictionary<string, string> Sources => new(StringComparer.Ordinal)
    {
        ["JsonLinesOptions.IdKey"] = "--id-key",
        ["JsonLinesOptions.SourceIdKey"] = "--source-id-key",
        ["JsonLinesOptions.TextKey"] = "--text-key",
        ["JsonLinesOptions.TextTemplate"] = "--text-template",
        ["ConnectorOptions.Format"] = "--format",
        ["ConnectorOptions.IdKey"] = "--id-key",
        ["ConnectorOptions.TextKey"] = "--text-key",
        ["ConnectorOptions.TextTemplate"] = "--text-template",
        ["DirectoryOptions.Include"] = "--include",
        ["DirectoryOptions.Exclude"] = "--exclude",
        ["DirectoryOptions.Exclude(\"\")"] = "--exclude '{0}'",
        ["DirectoryOptions.Extractors"] = "'extractors'",
        ["DirectoryOptions.FileExtractors"] = "'extractors' of tidemark.json",
        ["GitOptions.Repository"] = "'path'",
        ["GitOptions.Revision"] = "'branch'",
        ["PostgresFeedOptions.Tables"] = "'tables'",
        ["PostgresFeedOptions.Patience"] = "--wait",
    };

    private static Dictionary<string, string> Settings => new(StringComparer.Ordinal)
    {
        ["KeepText()"] = "'storage.keepText' to true",
        ["AppendOnly()"] = "'appendOnly' in tidemark.json",
        ["SpendingLimits.Month"] = "'cost.monthlyBudget'",
        ["EnqueueOptions.MostWaiting"] = "'queue.maxPending'",
        ["GarbageOptions.History"] = "the setting 'retention.historyDays'",
        ["EmbeddingSpace.Name"] = "'embedding.revision' in the settings (TIDEMARK__EMBEDDING__REVISION in the environment)",
        ["EmbeddingModel.Endpoint"] = "OPENAI_BASE_URL (or 'embedding.baseUrl')",
        ["EmbeddingModel.PricePerMillionTokens"] = "'prices' in tidemark.json or TIDEMARK__COST__PRICEPERMILLIONTOKENS in the environment",
        ["EmbeddingRequestOptions.RequestsPerMinute"] = "'embedding.requestsPerMinute'",
        ["EmbeddingRequestOptions.TokensPerMinute"] = "'embedding.tokensPerMinute'",
        ["OpenAIOptions.Tokenizer"] = "'embedding.tokenizer'",
    };
}
