using Tidemark.Wording;

namespace Tidemark.Records;

/// <summary>
/// What one write comes down to in rows, decided from what the store has of its document. Pure; every store asks it, and
/// writes nothing that is not here.
/// </summary>
public sealed record WriteDecision
{
    private static readonly WriteDecision Nothing = new() { IsApplied = false };

    /// <summary>False: the document was not as expected, and nothing is written.</summary>
    public bool IsApplied { get; private init; } = true;

    /// <summary>Whether it needs a commit sequence: what queries see changes, or what they will see.</summary>
    public bool TakesSequence { get; private init; }

    /// <summary>The document's row from now on; null: it stays as it is, but for what a touch notes.</summary>
    public NextDocument? Document { get; private init; }

    /// <summary>What that row names as its source id; null where the document is its own.</summary>
    public string? SourceId { get; private init; }

    /// <summary>Its chunks from now on in the generation that the batch is for; null: they stay, or go.</summary>
    public NextLayout? Layout { get; private init; }

    /// <summary>The state until now becomes a former one, before anything of it is changed.</summary>
    public bool KeepsFormer { get; private init; }

    /// <summary>Why that state ended, where one is kept.</summary>
    public StateEnd FormerEnd => StateEnds.Before(Document?.State ?? DocumentState.Live);

    /// <summary>It leaves the index: its layout in the active generation goes.</summary>
    public bool DropsLayout { get; private init; }

    /// <summary>
    /// It was damaged: whatever is open of it in the active generation goes without a trace, its words too; an external index deletes the
    /// entries of that.
    /// </summary>
    public bool DropsDamaged { get; private init; }

    /// <summary>
    /// Where vectors are indexed outside: the sequence of the version that searches stay with while new entries wait; 0: none, and of a
    /// damaged document none any more (<see cref="DropsDamaged"/>).
    /// </summary>
    public long FoundMeanwhile { get; private init; }

    /// <summary>Where vectors are indexed outside: searches stay with it while a new document with its text waits.</summary>
    public bool MayHaveMoved { get; private init; }

    /// <summary>Chunks that leave the index, and stay as history.</summary>
    public IReadOnlyList<long> Closed { get; private init; } = [];

    /// <summary>
    /// Chunks of the generation beside that are out of date, and leave it with their layout: without a trace, unless it has answered
    /// before (<see cref="WriteScope.BuildingHasAnswered"/>). Null: there were none, or they still hold.
    /// </summary>
    public IReadOnlyList<long>? Unstaged { get; private init; }

    /// <summary>What becomes of the text beside the chunks.</summary>
    public TextStep Text { get; private init; }

    /// <summary>An external index holds source and metadata too: chunks that go on are written anew, for those changed.</summary>
    public bool RepeatsKept { get; private init; }

    /// <summary>
    /// Chunks that go on under another title or other headings: their words are indexed anew, with those of what stands above them now.
    /// </summary>
    public IReadOnlyList<ChunkWrite> Renamed { get; private init; } = [];

    /// <summary>What the source that held it has less; null: it was not live.</summary>
    public CountChange? Less { get; private init; }

    /// <summary>What its source has more; null: it is not live.</summary>
    public CountChange? More { get; private init; }

    /// <summary>When the source changed what is written; null: it did not say, or nothing is counted.</summary>
    public ChangeMoment? Changed { get; private init; }

    /// <param name="write">What the engine decided.</param>
    /// <param name="stored">What the store has of its document.</param>
    /// <param name="scope">What the batch's writes have in common.</param>
    /// <param name="chunks">Asked about chunks that are patched or closed.</param>
    /// <exception cref="TidemarkException"><c>embedding.missing</c>.</exception>
    public static WriteDecision Of(DocumentWrite write, StoredState stored, WriteScope scope, IStoredChunks chunks)
    {
        ArgumentNullException.ThrowIfNull(write);
        ArgumentNullException.ThrowIfNull(stored);
        ArgumentNullException.ThrowIfNull(scope);
        return stored.Sequence != write.ExpectedSequence ? Nothing : write switch
        {
            DocumentWrite.Put put => Put(put, stored, scope, chunks),
            DocumentWrite.Touch => new WriteDecision(),
            DocumentWrite.Remove remove => Remove(remove, stored),
            DocumentWrite.Stage stage => Stage(stage, stored, scope, chunks),
            _ => throw new InvalidOperationException($"A write of type '{write.GetType()}' is unknown."),
        };
    }

    /// <summary>The source id that a write names; null where there is none, or the document is its own.</summary>
    public static string? SourceIdOf(DocumentWrite write)
    {
        ArgumentNullException.ThrowIfNull(write);
        var named = write switch
        {
            DocumentWrite.Put put => put.Document.SourceId,
            DocumentWrite.Remove remove => remove.SourceId,
            _ => null,
        };
        return string.Equals(named, write.Id, StringComparison.Ordinal) ? null : named;
    }

    private static WriteDecision Put(DocumentWrite.Put write, StoredState stored, WriteScope scope, IStoredChunks chunks)
    {
        if (scope.Active != scope.Generation.Id)
        {
            throw new InvalidOperationException("A document is put into the active generation; stage it in another.");
        }

        var pipeline = scope.Generation.Pipeline;
        var former = stored.IsLive && !write.Rewrites ? stored : StoredState.Unknown;
        var layout = NextLayout.Of(write.Id, write.Chunks, write.ChunksArePartition, pipeline.Dimensions, former, chunks);
        return new WriteDecision
        {
            TakesSequence = true,
            Document = NextDocument.Of(write),
            SourceId = SourceIdOf(write),
            Layout = layout,
            KeepsFormer = stored.IsLive && !write.Rewrites,
            DropsDamaged = write.Rewrites && !stored.Key.IsNone,
            FoundMeanwhile = PublicationRule.FoundMeanwhile(stored, write.Rewrites),
            Closed = layout.Closed,
            Unstaged = stored.Staged,
            Text = scope.KeepsText && !write.ChunksArePartition ? TextStep.Put
                : stored.IsLive ? TextStep.Drop
                : TextStep.Leave,
            RepeatsKept = pipeline.IsExternal && former.IsLive
                && (former.Source != write.Source || former.Metadata != write.Document.Metadata),
            Renamed = former.IsLive ? RenamedOf(write, former, layout) : [],
            Less = LessOf(stored),
            More = new CountChange(1, write.Chunks.Count, layout.Tokens),
            Changed = write.Changed,
        };
    }

    private static List<ChunkWrite> RenamedOf(DocumentWrite.Put write, StoredState former, NextLayout layout)
    {
        var hasOtherTitle = !string.Equals(
            DocumentTitle.Of(write.Id, former.Metadata), DocumentTitle.Of(write.Id, write.Document.Metadata), StringComparison.Ordinal);
        var headings = hasOtherTitle ? [] : former.Chunks.Zip(former.Headings).ToDictionary(chunk => chunk.First, chunk => chunk.Second);
        return
        [
            .. layout.Chunks.Where((chunk, i) => layout.Steps[i] == ChunkStep.Keep && (hasOtherTitle
                || !string.Equals(headings.GetValueOrDefault(chunk.Existing.Value) ?? "", chunk.Heading ?? "", StringComparison.Ordinal))),
        ];
    }

    private static WriteDecision Remove(DocumentWrite.Remove write, StoredState stored) => new()
    {
        TakesSequence = true,
        Document = NextDocument.Of(write, stored.Version),
        SourceId = SourceIdOf(write),
        KeepsFormer = stored.IsLive,
        DropsLayout = stored.IsLive,
        FoundMeanwhile = PublicationRule.FoundMeanwhile(stored, isRewritten: false),
        MayHaveMoved = PublicationRule.MayHaveMoved(stored, write.State),
        Closed = stored.IsLive ? stored.Chunks : [],
        Unstaged = stored.Staged,
        Text = stored.IsLive ? TextStep.Drop : TextStep.Leave,
        Less = LessOf(stored),
        Changed = write.Changed,
    };

    /// <summary>What is staged already of this state is left as it is, so that a build can go on where it stopped.</summary>
    private static WriteDecision Stage(DocumentWrite.Stage write, StoredState stored, WriteScope scope, IStoredChunks chunks)
    {
        if (scope.Building == 0 || scope.Building != scope.Generation.Id)
        {
            throw new InvalidOperationException("A document is staged in the generation that is being built.");
        }

        if (!stored.IsLive)
        {
            return Nothing;
        }

        return stored.Staged is not null && stored.StagedSequence == stored.Sequence ? new WriteDecision() : new WriteDecision
        {
            TakesSequence = true,
            Layout = NextLayout.Of(
                write.Id, write.Chunks, write.ChunksArePartition, scope.Generation.Pipeline.Dimensions, StoredState.Unknown, chunks),
            Unstaged = stored.Staged,
            Text = scope.KeepsText && !write.ChunksArePartition ? TextStep.Gather : TextStep.Leave,
        };
    }

    private static CountChange? LessOf(StoredState stored) =>
        stored.IsLive ? new CountChange(-1, -stored.ChunkCount, -stored.Tokens) : null;
}
