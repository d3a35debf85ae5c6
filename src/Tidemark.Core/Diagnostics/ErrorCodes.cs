namespace Tidemark;

/// <summary>The stable codes of every failure; <c>docs/cli.md</c> lists them with their exit codes.</summary>
public static class ErrorCodes
{
    /// <summary>The command line is not understood. Exit code 2.</summary>
    public const string Usage = "usage";

    /// <summary>A setting is wrong. Exit code 2.</summary>
    public const string ConfigurationInvalid = "configuration.invalid";

    /// <summary>A configuration file is another user's, or reaches beyond its folder without being trusted.</summary>
    public const string ConfigurationUntrusted = "configuration.untrusted";

    /// <summary>A source is not there. Exit code 2.</summary>
    public const string SourceMissing = "source.missing";

    /// <summary>A source, folder or file cannot be read. Exit code 1.</summary>
    public const string SourceUnreadable = "source.unreadable";

    /// <summary>A record is not what the format asks for. Exit code 1.</summary>
    public const string SourceMalformed = "source.malformed";

    /// <summary>A record has neither id nor source id, which incremental cleanup needs. Exit code 2.</summary>
    public const string SourceUnidentified = "source.unidentified";

    /// <summary>Another source holds a document of this id. Exit code 1.</summary>
    public const string SourceConflict = "source.conflict";

    /// <summary>Nothing of a source is taken; a warning, without an exit code.</summary>
    public const string SourceEmpty = "source.empty";

    /// <summary>A file or line is over the limit. Exit code 1.</summary>
    public const string SourceTooLarge = "source.too-large";

    /// <summary>Reading or cutting an item took longer than it may. Exit code 1.</summary>
    public const string SourceTooSlow = "source.too-slow";

    /// <summary>A file is not text. Exit code 1.</summary>
    public const string SourceBinary = "source.binary";

    /// <summary>A text is not UTF-8. Exit code 1.</summary>
    public const string SourceEncoding = "source.encoding";

    /// <summary>A warning: something of a file's front matter cannot be read. No effect on the exit code.</summary>
    public const string SourceFrontMatter = "source.front-matter";

    /// <summary>A file changed while it was read. Exit code 1.</summary>
    public const string SourceChanging = "source.changing";

    /// <summary>A name cannot be used. Exit code 2.</summary>
    public const string SourceName = "source.name";

    /// <summary>A configured program cannot be started. Exit code 1.</summary>
    public const string ExtractorMissing = "extractor.missing";

    /// <summary>A configured program ended with a failure. Exit code 1.</summary>
    public const string ExtractorFailed = "extractor.failed";

    /// <summary>A configured program took too long for a file. Exit code 1.</summary>
    public const string ExtractorTimeout = "extractor.timeout";

    /// <summary>A configured program wrote too much for a file. Exit code 1.</summary>
    public const string ExtractorTooLarge = "extractor.too-large";

    /// <summary>The index has no such document. Exit code 2.</summary>
    public const string DocumentMissing = "document.missing";

    /// <summary>The same version came with other content. Exit code 1.</summary>
    public const string VersionConflict = "version.conflict";

    /// <summary>A time lies ahead of the clock; a warning, without an exit code.</summary>
    public const string VersionAhead = "version.ahead";

    /// <summary>The store has no such namespace. Exit code 2.</summary>
    public const string NamespaceMissing = "namespace.missing";

    /// <summary>An append-only namespace deletes nothing. Exit code 2.</summary>
    public const string NamespaceAppendOnly = "namespace.append-only";

    /// <summary>The index was built with another chunker or embedder. Exit code 2.</summary>
    public const string PipelineChanged = "pipeline.changed";

    /// <summary>Vectors of another embedding space. Exit code 2.</summary>
    public const string EmbeddingSpace = "embedding.space";

    /// <summary>A vector is not what it should be. Exit code 1.</summary>
    public const string EmbeddingInvalid = "embedding.invalid";

    /// <summary>A text is longer than the model takes. Exit code 1.</summary>
    public const string EmbeddingTooLong = "embedding.too-long";

    /// <summary>The embedding store lacks a vector. Exit code 1.</summary>
    public const string EmbeddingMissing = "embedding.missing";

    /// <summary>The provider needs a key, and there is none. Exit code 2.</summary>
    public const string EmbeddingKeyMissing = "embedding.key-missing";

    /// <summary>The provider does not take the key. Exit code 1.</summary>
    public const string EmbeddingKey = "embedding.key";

    /// <summary>The provider has no such model, or is not there. Exit code 1.</summary>
    public const string EmbeddingModel = "embedding.model";

    /// <summary>The provider's address is wrong, or its certificate is not trusted. Exit code 1.</summary>
    public const string EmbeddingEndpoint = "embedding.endpoint";

    /// <summary>The provider gave no answer for too long. Exit code 1.</summary>
    public const string EmbeddingUnavailable = "embedding.unavailable";

    /// <summary>The provider allows no more requests for too long. Exit code 1.</summary>
    public const string EmbeddingRateLimited = "embedding.rate-limited";

    /// <summary>The provider does not take this text. Exit code 1.</summary>
    public const string EmbeddingRefused = "embedding.refused";

    /// <summary>The provider refused this text before; it was not sent again. Exit code 1.</summary>
    public const string EmbeddingQuarantined = "embedding.quarantined";

    /// <summary>The provider's model is not the one that the stored vectors are of. Exit code 1.</summary>
    public const string EmbeddingChanged = "embedding.changed";

    /// <summary>The next request would have cost more than there is. Exit code 5.</summary>
    public const string BudgetReached = "budget.reached";

    /// <summary>A budget was set for a model of which nobody knows the price. Exit code 2.</summary>
    public const string BudgetUnpriced = "budget.unpriced";

    /// <summary>Something has changed since the plan was made. Exit code 2.</summary>
    public const string PlanStale = "plan.stale";

    /// <summary>A file is not a plan that can be applied. Exit code 2.</summary>
    public const string PlanInvalid = "plan.invalid";

    /// <summary>There is no store. Exit code 2.</summary>
    public const string StoreMissing = "store.missing";

    /// <summary>The file is something else. Exit code 7.</summary>
    public const string StoreForeign = "store.foreign";

    /// <summary>The store was made by a newer release. Exit code 7.</summary>
    public const string StoreNewer = "store.newer";

    /// <summary>The store is damaged. Exit code 7.</summary>
    public const string StoreCorrupt = "store.corrupt";

    /// <summary>The store cannot be written. Exit code 1.</summary>
    public const string StoreReadOnly = "store.read-only";

    /// <summary>The disk is full. Exit code 1.</summary>
    public const string StoreFull = "store.full";

    /// <summary>Others are writing the same at this moment. Exit code 6.</summary>
    public const string StoreBusy = "store.busy";

    /// <summary>The store failed in another way. Exit code 1.</summary>
    public const string StoreFailed = "store.failed";

    /// <summary>The server does not let this user in, or not do what is needed. Exit code 1.</summary>
    public const string StoreAccess = "store.access";

    /// <summary>The server cannot be reached, or the connection to it was lost. Exit code 1.</summary>
    public const string StoreUnreachable = "store.unreachable";

    /// <summary>The store's file was moved away or replaced while it was written to. Exit code 1.</summary>
    public const string StoreMoved = "store.moved";

    /// <summary>A copy into the store was not finished. Exit code 7.</summary>
    public const string StoreUnfinished = "store.unfinished";

    /// <summary>A copy would go where something is already. Exit code 2.</summary>
    public const string StoreNotEmpty = "store.not-empty";

    /// <summary>A copy is not equal to its original. Exit code 1.</summary>
    public const string StoreCopy = "store.copy";

    /// <summary>The external index cannot be reached. Exit code 1.</summary>
    public const string IndexUnavailable = "index.unavailable";

    /// <summary>The external index does not do what it was asked. Exit code 1.</summary>
    public const string IndexRefused = "index.refused";

    /// <summary>The external index is somebody else's, or of another embedding space. Exit code 7.</summary>
    public const string IndexForeign = "index.foreign";

    /// <summary>The external index is gone, or was made anew by somebody else. Exit code 7.</summary>
    public const string IndexMissing = "index.missing";

    /// <summary>The external index lacks entries that it must have before it may answer. Exit code 1.</summary>
    public const string IndexLagging = "index.lagging";

    /// <summary>A filter names what no document has; a warning.</summary>
    public const string SearchFilter = "search.filter";

    /// <summary>The index holds nothing, or may lack what was asked for; a warning.</summary>
    public const string SearchEmpty = "search.empty";

    /// <summary>Another run holds the namespace. Exit code 6.</summary>
    public const string RunLocked = "run.locked";

    /// <summary>A warning: what was stored earlier lies ahead of the clock. Without effect on the exit code.</summary>
    public const string ClockWentBack = "clock.went-back";

    /// <summary>A run's process ended before the run did. Exit code 1.</summary>
    public const string RunLost = "run.lost";

    /// <summary>The queue holds as many changes as it may; nothing of the batch was taken. Exit code 1.</summary>
    public const string QueueFull = "queue.full";

    /// <summary>A queued change took too many workers down; it is a dead letter. Exit code 1.</summary>
    public const string QueueWorkerLost = "queue.worker-lost";

    /// <summary>The call was cancelled before it had anything to report. Exit code 130.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>Standard output cannot be written. Exit code 1.</summary>
    public const string OutputFailed = "output.failed";

    /// <summary>A defect. Exit code 1.</summary>
    public const string Internal = "internal";
}
