namespace Tidemark.Agents;

/// <summary>How an agent is told what remedies say: its own tools where there are some, otherwise what to ask for. Pure.</summary>
internal static class AgentWords
{
    private const string NotByATool = " (that is for whoever runs this index)";

    /// <summary>What a call of a tool can do.</summary>
    private static readonly string[] Own = ["SearchMode.Keyword", "SearchOptions.Filter", "MetadataFilter.Path(\"\")", "DocumentsAsync()", "HistoryAsync(\"\")"];

    /// <summary>The table.</summary>
    public static RemedyWords Table { get; } = new([.. Calls, .. Migrations, .. Flags, .. Sources, .. Settings]);

    /// <summary>A remedy as an agent is told it.</summary>
    public static string Of(string text) =>
        RemedyWords.KeysIn(text).Except(Own, StringComparer.Ordinal).Any() ? Table.Of(text) + NotByATool : Table.Of(text);

    private static Dictionary<string, string> Calls => new(StringComparer.Ordinal)
    {
        ["VerifyAsync(Repair)"] = "a verification that repairs",
        ["VerifyAsync(SOURCE, Repair)"] = "a verification of the source that repairs",
        ["VerifyAsync(SOURCE, Repair, Namespace: \"\")"] = "a verification of the sources of '{0}' that repairs",
        ["SyncAsync()"] = "a sync",
        ["SyncAsync(SOURCE)"] = "a sync of the source",
        ["SyncAsync(FOLDER)"] = "a sync of a folder",
        ["SyncAsync(Rebuild)"] = "a rebuild",
        ["SyncAsync(SOURCE, Rebuild)"] = "a rebuild",
        ["SyncAsync(Rebuild, ChunkerKind.Structured)"] = "a rebuild with the structured chunker",
        ["SyncAsync(SOURCE, Rebuild, Embedder: \"\")"] = "a rebuild with the model '{0}'",
        ["PlanAsync(SOURCE)"] = "a plan",
        ["RunsAsync()"] = "the list of runs",
        ["NamespacesAsync()"] = "the list of namespaces",
        ["DropNamespaceAsync(\"\", DropSuppressions)"] = "dropping '{0}' with what it forgot",
        ["DocumentsAsync()"] = "search",
        ["DocumentsAsync(AsOf)"] = "the list of documents of that time",
        ["HistoryAsync()"] = "the document's history",
        ["HistoryAsync(\"\")"] = "why",
        ["ArchiveAsync()"] = "the archive",
        ["RestoreAsync(\"\", AsOf: TIME|RUN)"] = "restoring '{0}' as of a time or run",
        ["ExpireAsync()"] = "an expiry",
        ["HoldsAsync()"] = "the list of holds",
        ["ReleaseHoldAsync(\"\")"] = "releasing the hold of '{0}'",
        ["ReleaseHoldAsync(Source: \"\")"] = "releasing the hold of the source id '{0}'",
        ["ForgetAsync()"] = "erasure",
        ["ForgottenAsync()"] = "the list of what was forgotten",
        ["ForgottenAsync(\"\")"] = "the list of what '{0}' forgot",
        ["ReapplyAsync(FILE)"] = "that list",
        ["LiftAsync(DOCUMENT)"] = "lifting it for the document",
        ["LiftAsync(SOURCE)"] = "lifting it for the source id",
        ["GoldenQueriesAsync()"] = "the list of golden queries",
        ["RecordGoldenAsync(QUERIES)"] = "a question with what it should find",
        ["RemoveGoldenAsync(QUERY)"] = "without this golden query",
        ["RunWorkerAsync()"] = "a worker",
        ["RunWorkerAsync(UntilEmpty)"] = "a worker until the queue is empty",
        ["Queue.ListAsync()"] = "the state of the queue",
        ["Queue.RetryAsync()"] = "a new attempt",
        ["Queue.DropAsync()"] = "giving the change up",
        ["Queue.DropAsync(Dead)"] = "giving dead letters up",
        ["Keys.ListAsync()"] = "the list of keys",
        ["Jobs.RunAsync()"] = "a service or a worker",
        ["StoreCopy.RunAsync()"] = "copy of the store",
        ["AcceptRewindAsync()"] = "accepting the older state",
        ["Exception.ToString()"] = "the log",
        ["PostgresFeed.RunAsync()"] = "the feed",
        ["PostgresFeed.RunAsync(Repair)"] = "a repair of the feed",
        ["PostgresFeed.RunAsync(\"\", Repair)"] = "a repair of the feed '{0}'",
        ["PostgresFeed.RunAsync(\"\", Repair, DeletionGuard.Off)"] = "a repair of the feed '{0}' that may delete",
    };

    private static Dictionary<string, string> Migrations => new(StringComparer.Ordinal)
    {
        ["MigrationStatusAsync()"] = "the migration's status",
        ["StartMigrationAsync()"] = "the start of the migration",
        ["ValidateMigrationAsync()"] = "the migration's validation",
        ["PromoteMigrationAsync()"] = "a promotion",
        ["RollBackMigrationAsync()"] = "a roll back",
        ["FinishMigrationAsync()"] = "the end of the migration",
        ["FinishMigrationAsync(Namespace: \"\")"] = "the end of the migration of '{0}'",
        ["CancelMigrationAsync()"] = "cancelling it",
        ["MigrationOptions.AcceptInconclusive"] = "an explicit acceptance",
    };

    private static Dictionary<string, string> Flags => new(StringComparer.Ordinal)
    {
        ["SyncOptions.Cleanup"] = "the cleanup mode",
        ["AdoptionOptions.Shorten"] = "leave to cut longer vectors",
        ["AdoptionOptions.Trust"] = "trust in the claim",
        ["SyncOptions.DropRefused"] = "leave to drop what is refused",
        ["SyncOptions.Force"] = "force",
        ["SyncOptions.Guard"] = "the limit of deletions",
        ["SyncOptions.IgnoreVersions"] = "versions ignored",
        ["SyncOptions.Rebuild"] = "a rebuild",
        ["SyncOptions.RetryRefused"] = "another attempt for refused texts",
        ["SyncOptions.SourceName"] = "another name of the source",
        ["SyncOptions.Wait"] = "patience",
        ["CleanupMode.None"] = "cleanup 'none'",
        ["DeletionGuard.Off"] = "deletions allowed",
        ["SpendingLimits.Run"] = "the budget of a run",
        ["SearchMode.Keyword"] = "mode 'keyword'",
        ["SearchOptions.AsOf"] = "a time in the past",
        ["SearchOptions.Filter"] = "'filters'",
        ["SearchOptions.IncludeArchived"] = "what is archived",
        ["MetadataFilter.Path(\"\")"] = "path '{0}'",
        ["DropOptions.All"] = "all",
        ["DropOptions.Dead"] = "the dead letters",
        ["CostOptions.Churn"] = "a share of changes",
        ["CostOptions.PricePerMillionTokens"] = "a price",
        ["UseSqlite()"] = "another place of the store",
        ["UseSqlite(\"\")"] = "the store '{0}'",
        ["UseEmbedder()"] = "the model",
        ["UseEmbedder(\"\")"] = "the model '{0}'",
        ["AddEmbedder()"] = "the model in the settings",
        ["UseChunker()"] = "the chunker",
        ["UseStemming()"] = "the stemming",
        ["UseIndex()"] = "the index",
        ["ChunkerKind.Structured"] = "the structured chunker",
        ["ChunkerOptions.Size"] = "the size of chunks",
        ["ChunkerOptions.Overlap"] = "the overlap of chunks",
    };

    private static Dictionary<string, string> Sources => new(StringComparer.Ordinal)
    {
        ["JsonLinesOptions.IdKey"] = "the field of the id",
        ["JsonLinesOptions.SourceIdKey"] = "the field of the source id",
        ["JsonLinesOptions.TextKey"] = "the field of the text",
        ["JsonLinesOptions.TextTemplate"] = "a template of the text",
        ["ConnectorOptions.Format"] = "the format",
        ["ConnectorOptions.IdKey"] = "the field of the id",
        ["ConnectorOptions.TextKey"] = "the field of the text",
        ["ConnectorOptions.TextTemplate"] = "a template of the text",
        ["DirectoryOptions.Include"] = "the patterns that include",
        ["DirectoryOptions.Exclude"] = "the patterns that exclude",
        ["DirectoryOptions.Exclude(\"\")"] = "the pattern '{0}' excluded",
        ["DirectoryOptions.Extractors"] = "the extractors",
        ["DirectoryOptions.FileExtractors"] = "the extractors",
        ["GitOptions.Repository"] = "the repository",
        ["GitOptions.Revision"] = "the branch",
        ["PostgresFeedOptions.Tables"] = "the tables of the feed",
        ["PostgresFeedOptions.Patience"] = "the feed's patience",
    };

    private static Dictionary<string, string> Settings => new(StringComparer.Ordinal)
    {
        ["KeepText()"] = "that texts are kept",
        ["AppendOnly()"] = "the setting of append-only",
        ["SpendingLimits.Month"] = "the budget of the month",
        ["EnqueueOptions.MostWaiting"] = "the limit of the queue",
        ["GarbageOptions.History"] = "the retention",
        ["EmbeddingSpace.Name"] = "revision of the model",
        ["EmbeddingModel.Endpoint"] = "the model's address",
        ["EmbeddingModel.PricePerMillionTokens"] = "the model's price",
        ["EmbeddingRequestOptions.RequestsPerMinute"] = "the requests a minute",
        ["EmbeddingRequestOptions.TokensPerMinute"] = "the tokens a minute",
        ["OpenAIOptions.Tokenizer"] = "the tokenizer",
    };
}
