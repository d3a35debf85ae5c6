namespace Tidemark.Composition;

/// <summary>How the command line says what remedies tell people to do: commands, flags and settings of its file.</summary>
internal static class CommandLineWords
{
    /// <summary>The table; its texts are what one would type.</summary>
    public static RemedyWords Table { get; } = new([.. Calls, .. Migrations, .. Flags, .. Sources, .. Settings]);

    /// <summary>A remedy, or a message with one, as the command line tells it.</summary>
    public static string Of(string text) => Table.Of(text);

    private static Dictionary<string, string> Calls => new(StringComparer.Ordinal)
    {
        ["VerifyAsync(Repair)"] = "tidemark verify --repair",
        ["VerifyAsync(SOURCE, Repair)"] = "tidemark verify SOURCE --repair",
        ["VerifyAsync(SOURCE, Repair, Namespace: \"\")"] = "tidemark verify SOURCE --repair --namespace {0}",
        ["SyncAsync()"] = "tidemark sync",
        ["SyncAsync(SOURCE)"] = "tidemark sync SOURCE",
        ["SyncAsync(FOLDER)"] = "tidemark sync FOLDER",
        ["SyncAsync(Rebuild)"] = "tidemark sync --rebuild",
        ["SyncAsync(SOURCE, Rebuild)"] = "tidemark sync SOURCE --rebuild",
        ["SyncAsync(Rebuild, ChunkerKind.Structured)"] = "tidemark sync --rebuild --chunker structured",
        ["SyncAsync(SOURCE, Rebuild, Embedder: \"\")"] = "tidemark sync SOURCE --rebuild --embedder {0}",
        ["PlanAsync(SOURCE)"] = "tidemark plan SOURCE --out FILE",
        ["RunsAsync()"] = "tidemark runs",
        ["NamespacesAsync()"] = "tidemark namespace list",
        ["DropNamespaceAsync(\"\", DropSuppressions)"] = "tidemark namespace drop {0} --drop-suppressions",
        ["DocumentsAsync()"] = "tidemark list",
        ["DocumentsAsync(AsOf)"] = "tidemark list --as-of",
        ["HistoryAsync()"] = "tidemark history",
        ["HistoryAsync(\"\")"] = "tidemark history {0}",
        ["ArchiveAsync()"] = "tidemark archive list",
        ["RestoreAsync(\"\", AsOf: TIME|RUN)"] = "tidemark restore {0} --as-of TIME|RUN",
        ["ExpireAsync()"] = "tidemark expire",
        ["HoldsAsync()"] = "tidemark hold list",
        ["ReleaseHoldAsync(\"\")"] = "tidemark hold release {0}",
        ["ReleaseHoldAsync(Source: \"\")"] = "tidemark hold release --source {0}",
        ["ForgetAsync()"] = "tidemark forget",
        ["ForgottenAsync()"] = "tidemark forget --export",
        ["ForgottenAsync(\"\")"] = "tidemark forget --export --namespace {0}",
        ["ReapplyAsync(FILE)"] = "tidemark forget --reapply FILE",
        ["LiftAsync(DOCUMENT)"] = "tidemark forget --lift DOCUMENT",
        ["LiftAsync(SOURCE)"] = "tidemark forget --lift --source ID",
        ["GoldenQueriesAsync()"] = "tidemark golden list",
        ["RecordGoldenAsync(QUERIES)"] = "tidemark golden record \"how do I install it\" --expect docs/install.md",
        ["RemoveGoldenAsync(QUERY)"] = "tidemark golden remove QUERY",
        ["RunWorkerAsync()"] = "tidemark worker",
        ["RunWorkerAsync(UntilEmpty)"] = "tidemark worker --until-empty",
        ["Queue.ListAsync()"] = "tidemark queue status",
        ["Queue.RetryAsync()"] = "tidemark queue retry",
        ["Queue.DropAsync()"] = "tidemark queue drop",
        ["Queue.DropAsync(Dead)"] = "tidemark queue drop --dead",
        ["Keys.ListAsync()"] = "tidemark keys list",
        ["Jobs.RunAsync()"] = "'tidemark serve' or 'tidemark worker'",
        ["StoreCopy.RunAsync()"] = "tidemark store copy",
        ["AcceptRewindAsync()"] = "tidemark store accept",
        ["Exception.ToString()"] = "--verbose",
        ["PostgresFeed.RunAsync()"] = "tidemark feed",
        ["PostgresFeed.RunAsync(Repair)"] = "tidemark feed repair",
        ["PostgresFeed.RunAsync(\"\", Repair)"] = "tidemark feed repair {0}",
        ["PostgresFeed.RunAsync(\"\", Repair, DeletionGuard.Off)"] = "tidemark feed repair {0} --allow-delete",
    };

    private static Dictionary<string, string> Migrations => new(StringComparer.Ordinal)
    {
        ["MigrationStatusAsync()"] = "tidemark migrate status",
        ["StartMigrationAsync()"] = "tidemark migrate start",
        ["ValidateMigrationAsync()"] = "tidemark migrate validate",
        ["PromoteMigrationAsync()"] = "tidemark migrate promote",
        ["RollBackMigrationAsync()"] = "tidemark migrate rollback",
        ["FinishMigrationAsync()"] = "tidemark migrate finish",
        ["FinishMigrationAsync(Namespace: \"\")"] = "tidemark migrate finish --namespace {0}",
        ["CancelMigrationAsync()"] = "tidemark migrate cancel",
        ["MigrationOptions.AcceptInconclusive"] = "--accept",
    };

    private static Dictionary<string, string> Flags => new(StringComparer.Ordinal)
    {
        ["SyncOptions.Cleanup"] = "--cleanup",
        ["AdoptionOptions.Shorten"] = "--shorten",
        ["AdoptionOptions.Trust"] = "--trust",
        ["SyncOptions.DropRefused"] = "--drop-refused",
        ["SyncOptions.Force"] = "--force",
        ["SyncOptions.Guard"] = "--max-delete",
        ["SyncOptions.IgnoreVersions"] = "--ignore-versions",
        ["SyncOptions.Rebuild"] = "--rebuild",
        ["SyncOptions.RetryRefused"] = "--retry-refused",
        ["SyncOptions.SourceName"] = "--source-name",
        ["SyncOptions.Wait"] = "--wait SECONDS",
        ["CleanupMode.None"] = "--cleanup none",
        ["DeletionGuard.Off"] = "--allow-delete",
        ["SpendingLimits.Run"] = "--budget",
        ["SearchMode.Keyword"] = "--mode keyword",
        ["SearchOptions.AsOf"] = "--as-of",
        ["SearchOptions.Filter"] = "--filter",
        ["SearchOptions.IncludeArchived"] = "--include-archived",
        ["MetadataFilter.Path(\"\")"] = "--path '{0}'",
        ["DropOptions.All"] = "--all",
        ["DropOptions.Dead"] = "--dead",
        ["CostOptions.Churn"] = "--churn 1%",
        ["CostOptions.PricePerMillionTokens"] = "--price USD",
        ["UseSqlite()"] = "--store",
        ["UseSqlite(\"\")"] = "--store 'sqlite:{0}'",
        ["UseEmbedder()"] = "--embedder",
        ["UseEmbedder(\"\")"] = "--embedder {0}",
        ["AddEmbedder()"] = "'embedding' of the settings",
        ["UseChunker()"] = "--chunker",
        ["UseStemming()"] = "--stemming",
        ["UseIndex()"] = "--index",
        ["ChunkerKind.Structured"] = "--chunker structured",
        ["ChunkerOptions.Size"] = "--chunk-size",
        ["ChunkerOptions.Overlap"] = "--chunk-overlap",
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
