using Tidemark.Documents;

namespace Tidemark.Syncing;

/// <summary>The counters of one run while it goes on.</summary>
internal sealed class RunTally
{
    /// <summary>Failures and warnings beyond this many are not listed; failures are counted all the same.</summary>
    public const int MostListed = 1000;

    private readonly List<ItemFailure> _errors = [];
    private readonly List<ItemWarning> _warnings = [];
    private readonly SortedDictionary<string, long> _notTaken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SourceTally> _sources = new(StringComparer.Ordinal);

    /// <summary>Hears of failures; null: nobody listens.</summary>
    public ISyncObserver? Observer { get; init; }

    public long Added { get; set; }

    public long Updated { get; set; }

    public long Skipped { get; set; }

    public long Deleted { get; set; }

    public long Moved { get; set; }

    public long Outdated { get; set; }

    public long Forgotten { get; set; }

    public long Tombstones { get; set; }

    public long Failed { get; private set; }

    public long ChunksAdded { get; set; }

    public long ChunksPatched { get; set; }

    public long ChunksUnchanged { get; set; }

    public long ChunksDeleted { get; set; }

    /// <summary>New chunks whose vector came with them.</summary>
    public long OwnVectors { get; set; }

    /// <summary>Estimated tokens of the new chunks that need a vector of the model.</summary>
    public long NeededTokens { get; set; }

    public long Changed { get; set; }

    public long Applied { get; set; }

    public DocumentCounts Documents => new(
        Added + Updated + Skipped + Outdated + Forgotten + Failed + Tombstones,
        Added, Updated, Skipped, Deleted, Moved, Outdated, Forgotten, Failed);

    /// <summary>Chunks that a rebuild of this run made: a listing that finds them as they are has not found others.</summary>
    public long ChunksRebuilt { get; set; }

    public ChunkCounts Chunks => new(ChunksAdded, ChunksPatched, Math.Max(0, ChunksUnchanged - ChunksRebuilt), ChunksDeleted);

    public IReadOnlyList<ItemFailure> Errors => _errors;

    public IReadOnlyList<ItemWarning> Warnings => _warnings;

    public IReadOnlyDictionary<string, long> NotTaken => _notTaken;

    /// <summary>Documents of the run's sources that have no chunk.</summary>
    public EmptyDocuments WithoutText { get; } = new();

    public IReadOnlyList<SourceCounts> Sources =>
        [.. _sources.Values.Select(tally => tally.Counts)];

    public void Fail(ItemFailure failure)
    {
        Failed++;
        if (_errors.Count < MostListed)
        {
            _errors.Add(failure);
        }

        Observer?.OnFailure(failure);
    }

    public void Warn(ItemWarning warning)
    {
        if (_warnings.Count < MostListed)
        {
            _warnings.Add(warning);
        }

        Observer?.OnWarning(warning);
    }

    /// <param name="ending">Of a file's name, with its dot, in lower case.</param>
    /// <param name="files">How many of them nothing reads.</param>
    public void LeaveOut(string ending, long files) => _notTaken[ending] = _notTaken.GetValueOrDefault(ending) + files;

    public void CountListed(string source, InspectedPage page)
    {
        if (!_sources.TryGetValue(source, out var tally))
        {
            _sources.Add(source, tally = new SourceTally(source));
        }

        tally.Items += page.Items;
        tally.Bytes += page.Bytes;
        tally.Unread += page.Items - page.Others.Count;
    }

    public SourceCounts Of(string source) => _sources.TryGetValue(source, out var tally)
        ? tally.Counts
        : new SourceCounts(source, 0, 0, 0);

    private sealed class SourceTally(string name)
    {
        public long Items { get; set; }

        public long Bytes { get; set; }

        public long Unread { get; set; }

        public SourceCounts Counts => new(name, Items, Bytes, Unread);
    }
}
