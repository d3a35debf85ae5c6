using Tidemark.Records;

namespace Tidemark.Conformance.InMemory;

internal sealed class MemoryNamespace(string name)
{
    public string Name => name;

    public long Sequence { get; set; }

    public GenerationRecord? Active { get; set; }

    public GenerationRecord? Beside { get; set; }

    public DateTimeOffset? PromotedAt { get; set; }

    public List<(long Sequence, GenerationRecord Former, GenerationRecord Next)> Promotions { get; } = [];

    /// <summary>How a generation had cut what was live when another one took its place.</summary>
    public List<(long Generation, MemoryDocument Document, long Until)> Cuts { get; } = [];

    public Dictionary<string, long> Sources { get; } = new(StringComparer.Ordinal);

    public Dictionary<long, string> Places { get; } = [];

    public Dictionary<string, long> SourceIds { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, MemoryDocument> Documents { get; } = new(StringComparer.Ordinal);

    /// <summary>Former states: the document as it was, the sequence in which it was no more so, and why.</summary>
    public List<(MemoryDocument Document, long To, StateEnd End)> History { get; } = [];

    /// <summary>What ended before it may be gone.</summary>
    public long Horizon { get; set; }

    public List<(MemoryChunk Chunk, string Space, long To, string Document)> ClosedChunks { get; } = [];

    public List<RunRecord> Runs { get; } = [];

    /// <summary>Begun by sessions that are still open.</summary>
    public HashSet<long> RunsUnderWay { get; } = [];

    public Dictionary<long, DateTimeOffset> Commits { get; } = [];

    public Dictionary<long, long> CommitRuns { get; } = [];

    /// <summary>When each chunk was opened.</summary>
    public Dictionary<long, long> ChunkSequences { get; } = [];

    public List<(DateTimeOffset At, LagCount Count)> Lags { get; } = [];

    public List<MemoryChange> Queue { get; } = [];

    public List<Safeguard> Safeguards { get; } = [];

    public List<GoldenQuery> Golden { get; } = [];

    public List<GoldenRun> GoldenRuns { get; } = [];

    public bool IsHeld(string document) => Documents.GetValueOrDefault(document) is { } known
        && Safeguards.Exists(one => one.Kind == SafeguardKind.Hold && (one.Covers(known.Id, known.SourceId)
            || History.Exists(former => former.Document.Id == document && one.Covers(document, former.Document.SourceId))));

    public IEnumerable<MemoryDocument> Live => Documents.Values.Where(d => d.State == DocumentState.Live);

    public NamespaceRecord Record => new(name, Sequence, Active)
    {
        Beside = Beside,
        LastCompleteSync = Runs.Where(run => run.CompleteSync).MaxBy(run => run.Id)?.FinishedAt,
    };

    /// <summary>What was claimed is done; what came since stays.</summary>
    public void CompleteChange(MemoryChange held, ChangeLease lease, DateTimeOffset now)
    {
        var place = Queue.IndexOf(held);
        if (held.Revision == lease.Revision)
        {
            Queue.RemoveAt(place);
        }
        else
        {
            Queue[place] = held.Returned(now);
        }
    }

    public MemoryPublishing Publishing { get; } = new(name);

    public string SourceName(long key) => Sources.Single(source => source.Value == key).Key;
}
