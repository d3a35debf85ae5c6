namespace Tidemark;

/// <summary>The stable codes of every failure; <c>docs/cli.md</c> lists them with their exit codes.</summary>
public static class ErrorCodes
{
    public const string Usage = "usage";
    public const string ConfigurationInvalid = "configuration.invalid";

    public const string SourceMissing = "source.missing";
    public const string SourceUnreadable = "source.unreadable";
    public const string SourceMalformed = "source.malformed";
    public const string SourceUnidentified = "source.unidentified";
    public const string SourceConflict = "source.conflict";
    public const string SourceTooLarge = "source.too-large";
    public const string SourceBinary = "source.binary";
    public const string SourceEncoding = "source.encoding";
    public const string SourceChanging = "source.changing";
    public const string SourceName = "source.name";

    public const string ExtractorMissing = "extractor.missing";
    public const string ExtractorFailed = "extractor.failed";
    public const string ExtractorTimeout = "extractor.timeout";
    public const string ExtractorTooLarge = "extractor.too-large";

    public const string DocumentMissing = "document.missing";
    public const string VersionConflict = "version.conflict";
    public const string NamespaceMissing = "namespace.missing";
    public const string NamespaceAppendOnly = "namespace.append-only";

    public const string PipelineChanged = "pipeline.changed";
    public const string EmbeddingSpace = "embedding.space";
    public const string EmbeddingInvalid = "embedding.invalid";
    public const string EmbeddingTooLong = "embedding.too-long";
    public const string EmbeddingMissing = "embedding.missing";
    public const string EmbeddingKeyMissing = "embedding.key-missing";
    public const string EmbeddingKey = "embedding.key";
    public const string EmbeddingModel = "embedding.model";
    public const string EmbeddingEndpoint = "embedding.endpoint";
    public const string EmbeddingUnavailable = "embedding.unavailable";
    public const string EmbeddingRateLimited = "embedding.rate-limited";
    public const string EmbeddingRefused = "embedding.refused";
    public const string EmbeddingQuarantined = "embedding.quarantined";
    public const string EmbeddingChanged = "embedding.changed";

    public const string BudgetReached = "budget.reached";
    public const string BudgetUnpriced = "budget.unpriced";
    public const string PlanStale = "plan.stale";
    public const string PlanInvalid = "plan.invalid";

    public const string StoreMissing = "store.missing";
    public const string StoreForeign = "store.foreign";
    public const string StoreNewer = "store.newer";
    public const string StoreCorrupt = "store.corrupt";
    public const string StoreReadOnly = "store.read-only";
    public const string StoreFull = "store.full";
    public const string StoreBusy = "store.busy";
    public const string StoreFailed = "store.failed";
    public const string StoreAccess = "store.access";
    public const string StoreUnreachable = "store.unreachable";
    public const string StoreNotEmpty = "store.not-empty";
    public const string StoreCopy = "store.copy";

    public const string IndexUnavailable = "index.unavailable";
    public const string IndexRefused = "index.refused";
    public const string IndexForeign = "index.foreign";
    public const string IndexMissing = "index.missing";
    public const string IndexLagging = "index.lagging";

    public const string RunLocked = "run.locked";

    public const string QueueFull = "queue.full";
    public const string QueueWorkerLost = "queue.worker-lost";

    public const string Cancelled = "cancelled";
    public const string OutputFailed = "output.failed";
    public const string Internal = "internal";
}
