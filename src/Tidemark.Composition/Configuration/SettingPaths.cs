namespace Tidemark.Composition.Configuration;

/// <summary>The names of the settings, as they stand in <c>tidemark.json</c>.</summary>
internal static class SettingPaths
{
    public const string Schema = "$schema";
    public const string Sources = "sources";
    public const string Namespaces = "namespaces";
    public const string Extractors = "extractors";
    public const string Prices = "prices";
    public const string Expiry = "expiry";
    public const string Tiers = "tiers";
    public const string Hooks = "hooks";

    public const string Store = "store";
    public const string Index = "index";
    public const string Namespace = "namespace";
    public const string Cleanup = "cleanup";
    public const string Chunker = "chunking.chunker";
    public const string ChunkSize = "chunking.size";
    public const string ChunkOverlap = "chunking.overlap";
    public const string EmbeddingModel = "embedding.model";
    public const string EmbeddingDimensions = "embedding.dimensions";
    public const string BaseUrl = "embedding.baseUrl";
    public const string KeyVariable = "embedding.keyVariable";
    public const string DocumentPrefix = "embedding.documentPrefix";
    public const string QueryPrefix = "embedding.queryPrefix";
    public const string NormalizeVectors = "embedding.normalize";
    public const string MaxInputTokens = "embedding.maxInputTokens";
    public const string Tokenizer = "embedding.tokenizer";
    public const string Revision = "embedding.revision";
    public const string EncodingFormat = "embedding.encodingFormat";
    public const string EmbeddingBatchSize = "embedding.batchSize";
    public const string BatchTokens = "embedding.batchTokens";
    public const string Concurrency = "embedding.concurrency";
    public const string RequestsPerMinute = "embedding.requestsPerMinute";
    public const string TokensPerMinute = "embedding.tokensPerMinute";
    public const string TimeoutSeconds = "embedding.timeoutSeconds";
    public const string PatienceSeconds = "embedding.patienceSeconds";
    public const string MaxAttempts = "embedding.maxAttempts";
    public const string Canary = "embedding.canary";
    public const string Normalize = "hashing.normalize";
    public const string GuardMaxDocuments = "guard.maxDocuments";
    public const string GuardMaxShare = "guard.maxShare";
    public const string MonthlyBudget = "cost.monthlyBudget";
    public const string Price = "cost.pricePerMillionTokens";
    public const string WatchComplete = "watch.completeSeconds";
    public const string SlaSeconds = "freshness.slaSeconds";
    public const string PremiumSlaSeconds = "freshness.premiumSlaSeconds";
    public const string FreshnessWindow = "freshness.windowHours";
    public const string BudgetAlert = "alerts.budgetShare";
    public const string ErrorAlert = "alerts.errorRate";
    public const string GrowthAlert = "alerts.indexGrowth";
    public const string SkipAlert = "alerts.skipRateDrop";
    public const string GoldenAlert = "alerts.goldenLoss";
    public const string QueueMaxPending = "queue.maxPending";
    public const string QueueVisibility = "queue.visibilitySeconds";
    public const string QueueMaxAttempts = "queue.maxAttempts";
    public const string QueueBackoff = "queue.backoffSeconds";
    public const string QueueAlert = "alerts.queueDepth";
    public const string KeepText = "storage.keepText";
    public const string MaxFileBytes = "limits.maxFileBytes";
    public const string MaxLineBytes = "limits.maxLineBytes";
    public const string HtmlMainOnly = "html.mainOnly";
    public const string HtmlLinkTargets = "html.linkTargets";
    public const string HistoryDays = "retention.historyDays";
    public const string EmbeddingDays = "retention.embeddingDays";

    public const string ServerListen = "server.listen";
    public const string ServerHosts = "server.hosts";
    public const string ServerPrefix = "server.prefix";
    public const string ServerWorks = "server.works";
    public const string ServerGrace = "server.graceSeconds";
    public const string ServerLog = "server.log";
    public const string ServerRequests = "server.requestsPerMinute";

    public const string ScheduleSync = "schedules.sync";
    public const string ScheduleVerify = "schedules.verify";
    public const string ScheduleExpire = "schedules.expire";
    public const string ScheduleCollect = "schedules.gc";
    public const string ScheduleGolden = "schedules.golden";
    public const string ScheduleZone = "schedules.timeZone";
    public const string ScheduleJitter = "schedules.jitterSeconds";

    public const string TelemetryEndpoint = "telemetry.endpoint";
    public const string TelemetryProtocol = "telemetry.protocol";

    public const string SourcePath = "path";
    public const string SourceType = "type";
    public const string SourceName = "name";
    public const string SourceCleanup = "cleanup";
    public const string Include = "include";
    public const string Exclude = "exclude";
    public const string IgnoreFiles = "ignoreFiles";
    public const string IdKey = "idKey";
    public const string SourceIdKey = "sourceIdKey";
    public const string SourceIdTemplate = "sourceIdTemplate";
    public const string TextKey = "textKey";
    public const string TextTemplate = "textTemplate";
    public const string SourceFormat = "format";
    public const string SourceGit = "git";
    public const string SourceBranch = "branch";
    public const string SourceUrl = "url";
    public const string SourceSchedule = "schedule";

    public const string FeedAddress = "postgres";
    public const string FeedSlot = "slot";
    public const string FeedTables = "tables";
    public const string FeedId = "id";
    public const string FeedText = "text";
    public const string FeedMetadata = "metadata";
    public const string FeedExpiresAt = "expiresAt";
    public const string FeedTier = "tier";
    public const string FeedAlert = "alerts.feedLagBytes";

    public const string ExtractorGlob = "glob";
    public const string ExtractorCommand = "command";
    public const string ExtractorTimeout = "timeoutSeconds";
    public const string ExtractorMaxOutput = "maxOutputBytes";

    public const string RuleSource = "source";
    public const string RulePath = "path";
    public const string RuleWhere = "where";
    public const string RuleAfter = "after";
    public const string RuleFrom = "from";
    public const string RuleTier = "tier";

    public const string HookSignature = "signature";
    public const string HookSecrets = "secretVariables";
    public const string HookTolerance = "toleranceSeconds";
    public const string HookFormat = "format";
    public const string HookOrigins = "origins";
    public const string HookBy = "by";
    public const string HookMappings = "mappings";
    public const string HookSource = "source";
    public const string HookNamespace = "namespace";
    public const string HookEvent = "event";
    public const string HookUpsert = "upsert";
    public const string HookDelete = "delete";
    public const string HookIgnore = "ignore";
    public const string HookDeleted = "deleted";
    public const string HookId = "id";
    public const string HookText = "text";
    public const string HookMetadata = "metadata";
    public const string HookVersion = "version";
    public const string HookModifiedAt = "modifiedAt";
    public const string HookExpiresAt = "expiresAt";
    public const string HookTier = "tier";
    public const string HookMaxBytes = "maxBytes";
    public const string HookRequests = "requestsPerMinute";

    public const string AppendOnly = "appendOnly";
    public const string NamespaceHistoryDays = "historyDays";
}
