namespace Tidemark;

/// <summary>The stable codes of every failure; <see cref="ErrorKinds"/> says of which kind each is.</summary>
public static class ErrorCodes
{
    /// <summary>The command line is not understood.</summary>
    public const string Usage = "usage";

    /// <summary>A setting is wrong.</summary>
    public const string ConfigurationInvalid = "configuration.invalid";

    /// <summary>A configuration file is another user's, or reaches beyond its folder without being trusted.</summary>
    public const string ConfigurationUntrusted = "configuration.untrusted";

    /// <summary>A source is not there.</summary>
    public const string SourceMissing = "source.missing";

    /// <summary>A source, folder or file cannot be read.</summary>
    public const string SourceUnreadable = "source.unreadable";

    /// <summary>A record is not what the format asks for.</summary>
    public const string SourceMalformed = "source.malformed";

    /// <summary>A record has neither id nor source id, which incremental cleanup needs.</summary>
    public const string SourceUnidentified = "source.unidentified";

    /// <summary>Another source holds a document of this id.</summary>
    public const string SourceConflict = "source.conflict";

    /// <summary>Nothing of a source is taken; a warning.</summary>
    public const string SourceEmpty = "source.empty";

    /// <summary>A file or line is over the limit.</summary>
    public const string SourceTooLarge = "source.too-large";

    /// <summary>Reading or cutting an item took longer than it may.</summary>
    public const string SourceTooSlow = "source.too-slow";

    /// <summary>A file is not text.</summary>
    public const string SourceBinary = "source.binary";

    /// <summary>A text is not UTF-8.</summary>
    public const string SourceEncoding = "source.encoding";

    /// <summary>A warning: something of a file's front matter cannot be read.</summary>
    public const string SourceFrontMatter = "source.front-matter";

    /// <summary>A file changed while it was read.</summary>
    public const string SourceChanging = "source.changing";

    /// <summary>A name cannot be used.</summary>
    public const string SourceName = "source.name";

    /// <summary>A warning: a former state of a document was damaged beyond repair, and dropped.</summary>
    public const string HistoryLost = "history.lost";

    /// <summary>What was valid then is not all kept any more.</summary>
    public const string HistoryHorizon = "history.horizon";

    /// <summary>A legal hold covers it.</summary>
    public const string HoldHeld = "hold.held";

    /// <summary>It was not forgotten, so there is nothing to lift.</summary>
    public const string ForgetMissing = "forget.missing";

    /// <summary>What was forgotten was remembered by another store.</summary>
    public const string ForgetForeign = "forget.foreign";

    /// <summary>Something was to be forgotten, and that has not come to its end.</summary>
    public const string ForgetUnfinished = "forget.unfinished";

    /// <summary>What was forgotten could come back, or its name would be written down again.</summary>
    public const string ForgetRemembered = "forget.remembered";

    /// <summary>There is no such hold.</summary>
    public const string HoldMissing = "hold.missing";

    /// <summary>There is no such golden query, or none at all.</summary>
    public const string GoldenMissing = "golden.missing";

    /// <summary>There is no such key of the service, or none that is valid.</summary>
    public const string KeyMissing = "key.missing";

    /// <summary>There is nothing that could be brought back.</summary>
    public const string ArchiveMissing = "archive.missing";

    /// <summary>A migration is under way, or was not finished.</summary>
    public const string MigrationRunning = "migration.running";

    /// <summary>There is no migration of which that could be done.</summary>
    public const string MigrationMissing = "migration.missing";

    /// <summary>The generation that is built lacks documents.</summary>
    public const string MigrationBehind = "migration.behind";

    /// <summary>The golden queries speak against a promotion, or cannot decide.</summary>
    public const string MigrationBlocked = "migration.blocked";

    /// <summary>The namespace has no such run.</summary>
    public const string RunMissing = "run.missing";

    /// <summary>A warning: the source was in another folder before.</summary>
    public const string SourceMoved = "source.moved";

    /// <summary>A connector stopped before a stream had its end.</summary>
    public const string SourceIncomplete = "source.incomplete";

    /// <summary>A warning: the tree of a commit has only pointers to files that git LFS keeps elsewhere.</summary>
    public const string SourcePointer = "source.pointer";

    /// <summary>A warning: the folder of another source lies in that of this one, so that documents may be there twice.</summary>
    public const string SourceOverlap = "source.overlap";

    /// <summary>A warning: a store is made, or would be, in a folder below one that has a store.</summary>
    public const string StoreAbove = "store.above";

    /// <summary>A configured program cannot be started.</summary>
    public const string ExtractorMissing = "extractor.missing";

    /// <summary>A configured program ended with a failure.</summary>
    public const string ExtractorFailed = "extractor.failed";

    /// <summary>A configured program took too long for a file.</summary>
    public const string ExtractorTimeout = "extractor.timeout";

    /// <summary>A configured program wrote too much for a file.</summary>
    public const string ExtractorTooLarge = "extractor.too-large";

    /// <summary>The index has no such document.</summary>
    public const string DocumentMissing = "document.missing";

    /// <summary>The same version came with other content.</summary>
    public const string VersionConflict = "version.conflict";

    /// <summary>A time lies ahead of the clock; a warning.</summary>
    public const string VersionAhead = "version.ahead";

    /// <summary>A document lacks the date that a rule counts from; a warning.</summary>
    public const string RuleUndated = "rule.undated";

    /// <summary>The store has no such namespace.</summary>
    public const string NamespaceMissing = "namespace.missing";

    /// <summary>An append-only namespace deletes nothing.</summary>
    public const string NamespaceAppendOnly = "namespace.append-only";

    /// <summary>The index was built with another chunker or embedder.</summary>
    public const string PipelineChanged = "pipeline.changed";

    /// <summary>Vectors of another embedding space.</summary>
    public const string EmbeddingSpace = "embedding.space";

    /// <summary>A vector is not what it should be.</summary>
    public const string EmbeddingInvalid = "embedding.invalid";

    /// <summary>A text is longer than the model takes.</summary>
    public const string EmbeddingTooLong = "embedding.too-long";

    /// <summary>The embedding store lacks a vector.</summary>
    public const string EmbeddingMissing = "embedding.missing";

    /// <summary>The provider needs a key, and there is none.</summary>
    public const string EmbeddingKeyMissing = "embedding.key-missing";

    /// <summary>The provider does not take the key.</summary>
    public const string EmbeddingKey = "embedding.key";

    /// <summary>The provider has no such model, or is not there.</summary>
    public const string EmbeddingModel = "embedding.model";

    /// <summary>The provider's address is wrong, or its certificate is not trusted.</summary>
    public const string EmbeddingEndpoint = "embedding.endpoint";

    /// <summary>The provider gave no answer for too long.</summary>
    public const string EmbeddingUnavailable = "embedding.unavailable";

    /// <summary>The provider allows no more requests for too long.</summary>
    public const string EmbeddingRateLimited = "embedding.rate-limited";

    /// <summary>The provider does not take this text.</summary>
    public const string EmbeddingRefused = "embedding.refused";

    /// <summary>The provider refused this text before; it was not sent again.</summary>
    public const string EmbeddingQuarantined = "embedding.quarantined";

    /// <summary>The provider's model is not the one that the stored vectors are of.</summary>
    public const string EmbeddingChanged = "embedding.changed";

    /// <summary>The next request would have cost more than there is.</summary>
    public const string BudgetReached = "budget.reached";

    /// <summary>A budget was set for a model of which nobody knows the price.</summary>
    public const string BudgetUnpriced = "budget.unpriced";

    /// <summary>Something has changed since the plan was made.</summary>
    public const string PlanStale = "plan.stale";

    /// <summary>A file is not a plan that can be applied.</summary>
    public const string PlanInvalid = "plan.invalid";

    /// <summary>There is no store.</summary>
    public const string StoreMissing = "store.missing";

    /// <summary>The file is something else.</summary>
    public const string StoreForeign = "store.foreign";

    /// <summary>The store was made by a newer release.</summary>
    public const string StoreNewer = "store.newer";

    /// <summary>The store is damaged.</summary>
    public const string StoreCorrupt = "store.corrupt";

    /// <summary>The store cannot be written.</summary>
    public const string StoreReadOnly = "store.read-only";

    /// <summary>The disk is full.</summary>
    public const string StoreFull = "store.full";

    /// <summary>Others are writing the same at this moment.</summary>
    public const string StoreBusy = "store.busy";

    /// <summary>The store failed in another way.</summary>
    public const string StoreFailed = "store.failed";

    /// <summary>The server does not let this user in, or not do what is needed.</summary>
    public const string StoreAccess = "store.access";

    /// <summary>The server cannot be reached, or the connection to it was lost.</summary>
    public const string StoreUnreachable = "store.unreachable";

    /// <summary>The store's file was moved away or replaced while it was written to.</summary>
    public const string StoreMoved = "store.moved";

    /// <summary>The store is in an older state than it was: a warning of runs.</summary>
    public const string StoreRewound = "store.rewound";

    /// <summary>A copy into the store was not finished.</summary>
    public const string StoreUnfinished = "store.unfinished";

    /// <summary>A copy would go where something is already.</summary>
    public const string StoreNotEmpty = "store.not-empty";

    /// <summary>A copy is not equal to its original.</summary>
    public const string StoreCopy = "store.copy";

    /// <summary>The external index cannot be reached.</summary>
    public const string IndexUnavailable = "index.unavailable";

    /// <summary>The external index does not do what it was asked.</summary>
    public const string IndexRefused = "index.refused";

    /// <summary>The external index is somebody else's, or of another embedding space.</summary>
    public const string IndexForeign = "index.foreign";

    /// <summary>The external index is gone, or was made anew by somebody else.</summary>
    public const string IndexMissing = "index.missing";

    /// <summary>The external index lacks entries that it must have before it may answer.</summary>
    public const string IndexLagging = "index.lagging";

    /// <summary>A warning: an external index is used no more and keeps what it held.</summary>
    public const string IndexLeft = "index.left";

    /// <summary>A filter names what no document has; a warning.</summary>
    public const string SearchFilter = "search.filter";

    /// <summary>The index holds nothing, or may lack what was asked for; a warning.</summary>
    public const string SearchEmpty = "search.empty";

    /// <summary>Not all that passes a filter was compared; a warning.</summary>
    public const string SearchIncomplete = "search.incomplete";

    /// <summary>Another run holds the namespace.</summary>
    public const string RunLocked = "run.locked";

    /// <summary>A warning: what was stored earlier lies ahead of the clock.</summary>
    public const string ClockWentBack = "clock.went-back";

    /// <summary>A run's process ended before the run did.</summary>
    public const string RunLost = "run.lost";

    /// <summary>The queue holds as many changes as it may; nothing of the batch was taken.</summary>
    public const string QueueFull = "queue.full";

    /// <summary>Another process carries the feed on.</summary>
    public const string FeedTaken = "feed.taken";

    /// <summary>A feed's database cannot be reached.</summary>
    public const string FeedUnreachable = "feed.unreachable";

    /// <summary>A feed's slot is in use, or cannot be made for now.</summary>
    public const string FeedBusy = "feed.busy";

    /// <summary>A feed's database, or a table, is not set up for it.</summary>
    public const string FeedSetup = "feed.setup";

    /// <summary>What came between is gone from the database's log.</summary>
    public const string FeedLost = "feed.lost";

    /// <summary>A message broker cannot be reached.</summary>
    public const string BrokerUnreachable = "broker.unreachable";

    /// <summary>A message broker does not let us in, or has no such queue.</summary>
    public const string BrokerSetup = "broker.setup";

    /// <summary>A queued change took too many workers down; it is a dead letter.</summary>
    public const string QueueWorkerLost = "queue.worker-lost";

    /// <summary>An event that a webhook brought cannot be mapped to a document; it is a dead letter.</summary>
    public const string EventUnmapped = "event.unmapped";

    /// <summary>The call was cancelled before it had anything to report.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>Standard output cannot be written.</summary>
    public const string OutputFailed = "output.failed";

    /// <summary>A defect.</summary>
    public const string Internal = "internal";
}
