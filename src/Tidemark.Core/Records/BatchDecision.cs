using Tidemark.Documents;

namespace Tidemark.Records;

/// <summary>
/// The writes of one batch, decided one after the other, and what they come to together: the counts, the lags, the queued
/// changes that are carried out. Of two writes of one document only the first is applied, and a lease serves one write.
/// </summary>
/// <param name="scope">What the writes have in common.</param>
/// <param name="chunks">Asked about chunks that are patched or closed.</param>
/// <param name="now">Lags are counted until then.</param>
public sealed class BatchDecision(WriteScope scope, IStoredChunks chunks, DateTimeOffset now)
{
    private readonly Dictionary<string, AppliedDocument> _applied = new(StringComparer.Ordinal);
    private readonly SortedDictionary<long, CountChange> _counts = [];
    private readonly SortedDictionary<long, CountChange> _beside = [];
    private readonly SortedDictionary<(bool IsFirstLoad, int Position, bool IsPremium), long> _lags = [];
    private readonly HashSet<ChangeLease> _carriedOut = [];

    /// <summary>Whether any write so far needs a commit sequence.</summary>
    public bool TakesSequence { get; private set; }

    /// <summary>Sources whose counts change.</summary>
    public IEnumerable<KeyValuePair<long, CountChange>> Counts => _counts.Where(count => count.Value != default);

    /// <summary>Sources whose counts change in the generation beside the active one: what is staged, and what is not any more.</summary>
    public IEnumerable<KeyValuePair<long, CountChange>> CountsBeside => _beside.Where(count => count.Value != default);

    /// <summary>How the counts of the active generation change.</summary>
    public CountChange Total => _counts.Values.Aggregate(default(CountChange), (sum, count) => sum + count);

    /// <summary>How the counts of the generation beside it change.</summary>
    public CountChange Beside => _beside.Values.Aggregate(default(CountChange), (sum, count) => sum + count);

    /// <summary>By how many the records of documents that are gone become more.</summary>
    public int Gone { get; private set; }

    /// <summary>Whether a version is taken of a document without a record: then none may be lost of those that are gone.</summary>
    public bool TakesUnknownVersion { get; private set; }

    /// <summary>How late the changes were.</summary>
    public IEnumerable<LagCount> Lags => _lags.Select(
        lag => new LagCount(lag.Key.IsFirstLoad, lag.Key.Position, lag.Value) { IsPremium = lag.Key.IsPremium });

    /// <summary>Queued changes that are done.</summary>
    public IReadOnlyCollection<ChangeLease> CarriedOut => _carriedOut;

    /// <param name="write">The next one.</param>
    /// <param name="stored">What the store has of its document.</param>
    /// <param name="isHeld">Whether the write's lease holds in the store; of a write without one it is not looked at.</param>
    /// <param name="refused">What the engine is told where the answer is null.</param>
    /// <returns>Null: nothing is written.</returns>
    public WriteDecision? Decide(DocumentWrite write, StoredState stored, bool isHeld, out AppliedDocument refused)
    {
        ArgumentNullException.ThrowIfNull(write);
        ArgumentNullException.ThrowIfNull(stored);
        refused = default;
        if (!write.Lease.IsNone && (!isHeld || _carriedOut.Contains(write.Lease)))
        {
            refused = new AppliedDocument { IsLeaseLost = true };
            return null;
        }

        if (_applied.TryGetValue(write.Id, out var before))
        {
            refused = before with { Applied = false };
            return null;
        }

        var decision = WriteDecision.Of(write, stored, scope, chunks);
        if (!decision.IsApplied)
        {
            refused = new AppliedDocument(false, stored.Key, stored.SourceId);
            return null;
        }

        Note(write, stored, decision);
        return decision;
    }

    /// <summary>The store has numbers for what was decided.</summary>
    /// <returns>What the engine is told.</returns>
    public AppliedDocument Apply(DocumentWrite write, DocumentKey key, SourceIdKey sourceId)
    {
        ArgumentNullException.ThrowIfNull(write);
        return _applied[write.Id] = new AppliedDocument(true, key, sourceId);
    }

    private void Note(DocumentWrite write, StoredState stored, WriteDecision decision)
    {
        TakesSequence |= decision.TakesSequence;
        if (decision.Unstaged is { } unstaged)
        {
            Count(_beside, stored.Source, new CountChange(-1, -unstaged.Count, -stored.StagedTokens));
        }

        if (write is DocumentWrite.Stage && decision.Layout is { } staged)
        {
            Count(_beside, stored.Source, new CountChange(1, staged.Chunks.Count, staged.Tokens));
        }

        if (decision.Document is { } next)
        {
            Gone += (next.State == DocumentState.Live ? 0 : 1) - (stored.Key.IsNone || stored.IsLive ? 0 : 1);
            TakesUnknownVersion |= stored.Key.IsNone && next.State == DocumentState.Live && !next.Version.IsNone;
        }

        if (decision.Less is { } less)
        {
            Count(_counts, stored.Source, less);
        }

        if (decision is { More: { } more, Document.Source: var source })
        {
            Count(_counts, source, more);
        }

        if (decision.Changed is { } moment)
        {
            var lag = (moment.IsFirstLoad, LagScale.PositionOf(now - moment.At), DocumentTiers.IsPremium(decision.Document?.Tier));
            _lags[lag] = _lags.GetValueOrDefault(lag) + 1;
        }

        if (!write.Lease.IsNone)
        {
            _carriedOut.Add(write.Lease);
        }
    }

    private static void Count(SortedDictionary<long, CountChange> counts, SourceKey source, CountChange change) =>
        counts[source.Value] = counts.GetValueOrDefault(source.Value) + change;
}
