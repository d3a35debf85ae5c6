using Tidemark.Chunking;
using Tidemark.Documents;
using Tidemark.Wire;
using Tidemark.Wording;

namespace Tidemark.Composition.Configuration;

/// <summary>Every setting there is.</summary>
internal static class SettingTable
{
    public static readonly string[] Chunkers = ["structured", "recursive", "none"];

    /// <summary>What can be said of stemming.</summary>
    public static readonly string[] Stemming = [PipelineSettings.NoStemming, .. Stemmer.Languages];

    public static readonly string[] SourceFormats = ["jsonl", "singer", "airbyte"];

    public static readonly string[] SourceTypes = ["directory", "jsonl"];

    /// <summary>The default of a setting that has one.</summary>
    public static string DefaultOf(string path) => Root.First(s => s.Path == path).Default!;

    /// <summary>The settings of the file's top level and its sections.</summary>
    public static readonly IReadOnlyList<SettingDefinition> Root =
    [
        new(SettingPaths.Store, SettingKind.Text, "Where the index lives: `sqlite:PATH`, or `postgres://USER@HOST:PORT/DATABASE` (the password in `PGPASSWORD`).")
        {
            Default = "sqlite:.tidemark/tidemark.db",
        },
        new(SettingPaths.Index, SettingKind.Text,
            "Where vectors are indexed: `store` (inside the store) or `chroma:http://HOST:PORT/COLLECTION`, perhaps with "
            + "`?tenant=T&database=D`. Unset: as the index was built, `store` for a new one."),
        new(SettingPaths.Namespace, SettingKind.Text, "The namespace that commands work on.") { Default = "default" },
        new(SettingPaths.Cleanup, SettingKind.Choice,
            "What happens to documents that a sync did not see; sources may say otherwise for themselves. "
            + "Unset: `full` for directories, `incremental` for JSON lines.")
        {
            Choices = CleanupModeName.All,
        },
        new(SettingPaths.Chunker, SettingKind.Choice,
            "How documents are cut. Unset: as the index was built, `structured` for a new one.")
        {
            Choices = Chunkers,
        },
        new(SettingPaths.ChunkSize, SettingKind.Integer,
            "The size of a chunk in characters: for `structured` the size to aim at, for `recursive` the most. "
            + "Unset: the chunker's own.")
        {
            Minimum = ChunkerOptions.SmallestSize, Maximum = ChunkerOptions.LargestSize,
        },
        new(SettingPaths.ChunkOverlap, SettingKind.Integer,
            "How many characters two neighbours share (`recursive` only). Unset: the chunker's own.")
        {
            Minimum = 0, Maximum = ChunkerOptions.LargestSize,
        },
        .. ProviderTable.Settings,
        new(SettingPaths.Normalize, SettingKind.Flag,
            "Hash and embed the trimmed, white-space-collapsed, lower-cased text, so that a change of only white space "
            + "or case costs no embedding. Unset: as the index was built, `false` for a new one."),
        new(SettingPaths.Stemming, SettingKind.Choice,
            "By the endings of which language words are found in their other forms, too (`harbours` by `harbour`); part of the index. "
            + "Unset: as the index was built, `none` for a new one.")
        {
            Choices = Stemming,
        },
        new(SettingPaths.GuardMaxDocuments, SettingKind.Integer,
            "The deletion guard holds back more than this many inferred deletes …")
        {
            Default = "10", Minimum = 0,
        },
        new(SettingPaths.GuardMaxShare, SettingKind.Number,
            "… if they also are more than this share of the source's documents.")
        {
            Default = "0.2", Minimum = 0, Maximum = 1,
        },
        new(SettingPaths.MonthlyBudget, SettingKind.Number,
            "USD that embedding may cost in a calendar month (UTC), all namespaces of the store together. A run ends before "
            + "the request that would exceed it. Unset: no limit.")
        {
            Minimum = 0, Maximum = (double)MoneyText.Most,
        },
        new(SettingPaths.Price, SettingKind.Number,
            "USD for a million tokens of the embedder in use, whatever it is; stronger than `prices`.")
        {
            Minimum = 0, Maximum = (double)MoneyText.Most,
        },
        new(SettingPaths.WatchComplete, SettingKind.Number,
            "`watch` lists everything this often, whatever it was told of. Below `freshness.slaSeconds`, or the index is stale by that.")
        {
            Default = "600", Minimum = 1, Maximum = 86_400,
        },
        new(SettingPaths.SlaSeconds, SettingKind.Number,
            "How late a change of a source may be found: `status` compares the lag of 95 % of the changes with it, and the "
            + "age of the last complete sync.")
        {
            Default = "900", Minimum = 0, Maximum = 315_360_000,
        },
        new(SettingPaths.PremiumSlaSeconds, SettingKind.Number,
            "How late a change of a document of the tier `premium` may be found: `status` compares the lag of 95 % of those. Unset: as any other.")
        {
            Minimum = 0, Maximum = 315_360_000,
        },
        new(SettingPaths.FreshnessWindow, SettingKind.Number, "How far back `status` looks for lags, growth and errors, in hours.")
        {
            Default = "24", Minimum = 1, Maximum = 8_760,
        },
        new(SettingPaths.BudgetAlert, SettingKind.Number,
            "`status` alerts when this share of the monthly budget is spent.")
        {
            Default = "0.8", Minimum = 0, Maximum = 1,
        },
        new(SettingPaths.ErrorAlert, SettingKind.Number,
            "`status` alerts when more than this share of what the last run saw failed, or the run itself did.")
        {
            Default = "0.05", Minimum = 0, Maximum = 1,
        },
        new(SettingPaths.GrowthAlert, SettingKind.Number,
            "`status` alerts when the index grew by more than this share within the window (0.5: by half).")
        {
            Default = "0.5", Minimum = 0,
        },
        new(SettingPaths.SkipAlert, SettingKind.Number,
            "`status` alerts when the share of documents that the last run could skip is lower than usual by more than this.")
        {
            Default = "0.5", Minimum = 0, Maximum = 1,
        },
        new(SettingPaths.GoldenAlert, SettingKind.Number,
            "`status` alerts when golden queries get a score that is lower by more than this than in the run before.")
        {
            Default = "0.05", Minimum = 0, Maximum = 1,
        },
        .. QueueSettings.Table,
        new(SettingPaths.KeepText, SettingKind.Flag,
            "Keep a document's text where its chunks do not add up to it, so that a changed chunker need not read it "
            + "again.")
        {
            Default = "true",
        },
        new(SettingPaths.MaxFileBytes, SettingKind.Integer, "A larger file is a failed item.")
        {
            Default = "10000000", Minimum = 1, Maximum = 1_000_000_000,
        },
        new(SettingPaths.MaxLineBytes, SettingKind.Integer, "A longer line of JSON is a failed item.")
        {
            Default = "16000000", Minimum = 1, Maximum = 1_000_000_000,
        },
        new(SettingPaths.HtmlMainOnly, SettingKind.Flag,
            "Of a page that has a `main` element or, without one, an `article`, nothing else is the text.")
        {
            Default = "true",
        },
        new(SettingPaths.HtmlLinkTargets, SettingKind.Flag, "Write the target of a link behind its text: `<https://example.org>`.")
        {
            Default = "false",
        },
        new(SettingPaths.HistoryDays, SettingKind.Number, "How long what was deleted, has expired or was replaced can be brought back: `gc` removes history that closed longer ago. "
            + "Namespaces may say otherwise for themselves.")
        {
            Default = "30", Minimum = 0, Maximum = 36_500,
        },
        new(SettingPaths.EmbeddingDays, SettingKind.Number,
            "`gc` removes embeddings that nothing needs and that were stored longer ago.")
        {
            Default = "30", Minimum = 0, Maximum = 36_500,
        },
        new(SettingPaths.RunDays, SettingKind.Number,
            "`gc` removes runs that ended longer ago, but for the newest hundred of a namespace, its last complete sync, and those whose commits or documents are kept.")
        {
            Default = "90", Minimum = 0, Maximum = 36_500,
        },
        .. FeedSettings.Common,
        .. ServiceSettings.Table,
        .. ScheduleSettings.Table,
        new(SettingPaths.TelemetryEndpoint, SettingKind.Text,
            "Where traces and metrics are sent (OTLP), for instance `http://localhost:4318`. Unset: nowhere.")
        {
            Variable = "OTEL_EXPORTER_OTLP_ENDPOINT",
        },
        new(SettingPaths.TelemetryProtocol, SettingKind.Choice, "How they are sent.")
        {
            Default = "http/protobuf", Choices = ["http/protobuf", "grpc"], Variable = "OTEL_EXPORTER_OTLP_PROTOCOL",
        },
    ];

    /// <summary>The settings of one entry of <c>sources</c>.</summary>
    public static readonly IReadOnlyList<SettingDefinition> Source =
    [
        new(SettingPaths.SourcePath, SettingKind.Text, "A directory or a file of JSON lines; with `git` the folder below the repository's. One of `path` and `git` is required."),
        new(SettingPaths.SourceGit, SettingKind.Text,
            "A repository of git, or a folder in its work tree: a path, or an address (`https://example.org/handbook`). What is committed is taken."),
        new(SettingPaths.SourceBranch, SettingKind.Text, "Git: the branch, tag or commit. Unset: the repository's `HEAD`."),
        new(SettingPaths.SourceType, SettingKind.Choice, "Unset: what the path is.") { Choices = SourceTypes },
        new(SettingPaths.SourceName, SettingKind.Text, "Unset: the path, seen from the folder of `tidemark.json`."),
        new(SettingPaths.SourceCleanup, SettingKind.Choice, "As `cleanup`, for this source.")
        {
            Choices = CleanupModeName.All,
        },
        new(SettingPaths.Include, SettingKind.Texts,
            "Directory, git: globs of the files to take. Unset: every text format."),
        new(SettingPaths.Exclude, SettingKind.Texts, "Directory, git: globs of files and folders to leave out."),
        new(SettingPaths.IgnoreFiles, SettingKind.Flag, "Directory, git: honour `.tidemarkignore`, and of a directory `.gitignore`.")
        {
            Default = "true",
        },
        new(SettingPaths.IdKey, SettingKind.Text, "JSON lines: the field that is the document's id.")
        {
            Default = "id",
        },
        new(SettingPaths.SourceIdKey, SettingKind.Text, "JSON lines: the metadata field that is the source id."),
        new(SettingPaths.SourceIdTemplate, SettingKind.Text,
            "JSON lines: the source id, made of fields: `db/products/{id}`."),
        new(SettingPaths.TextKey, SettingKind.Text,
            "JSON lines: the field that is the text. Unset: the first of `text`, `content`, `page_content`."),
        new(SettingPaths.TextTemplate, SettingKind.Text, "JSON lines: the text, made of fields: `Product: {name}`."),
        new(SettingPaths.SourceFormat, SettingKind.Choice, "JSON lines: whether they are records, or messages that a connector of Singer or Airbyte writes.")
        {
            Choices = SourceFormats, Default = "jsonl",
        },
        new(SettingPaths.SourceSchedule, SettingKind.Text,
            "When `serve` and `worker` sync it: five fields of cron (`*/15 * * * *`), an interval (`every 30s`), or of a directory `realtime`, which "
            + "follows it as it changes. Unset: as `schedules.sync`."),
        new(SettingPaths.SourceUrl, SettingKind.Text,
            "Where a document can be looked at, for agents to cite: `https://docs.example/{path}`. Fields: `{path}` (the id without the source's name), "
            + "`{stem}` (that without its extension), `{id}`, `{source}`, else a field of the metadata; `{url}` alone takes that field as the address. "
            + "Unset: `tidemark://NAMESPACE/ID`."),
    ];

    /// <summary>The settings of one entry of <c>extractors</c>.</summary>
    public static readonly IReadOnlyList<SettingDefinition> Extractor =
    [
        new(SettingPaths.ExtractorGlob, SettingKind.Text, "Which files of directories it reads: `**/*.pdf`. Required."),
        new(SettingPaths.ExtractorCommand, SettingKind.Texts,
            "The program and each of its arguments; there is no shell. `{file}` stands for the file's absolute path; without "
            + "it the program gets the file on standard input. Required.")
        {
            IsListOnly = true,
        },
        new(SettingPaths.ExtractorTimeout, SettingKind.Number, "A file that takes longer is a failed item.")
        {
            Default = "60", Minimum = 0.1, Maximum = 86_400,
        },
        new(SettingPaths.ExtractorMaxOutput, SettingKind.Integer, "A file that gives more text is a failed item.")
        {
            Default = "10000000", Minimum = 1, Maximum = 1_000_000_000,
        },
    ];

    /// <summary>The settings of one entry of <c>namespaces</c>.</summary>
    public static readonly IReadOnlyList<SettingDefinition> Namespace =
    [
        new(SettingPaths.AppendOnly, SettingKind.Flag, "Refuse deletes, tombstones, expiry and whatever else removes something, as an audit log must.")
        {
            Default = "false",
        },
        new(SettingPaths.NamespaceHistoryDays, SettingKind.Number,
            "How long what was deleted, has expired or was replaced in it can be brought back: as `retention.historyDays`, which holds where this is unset.")
        {
            Minimum = 0, Maximum = 36_500,
        },
    ];
}
