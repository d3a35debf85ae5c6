using Tidemark.Chunking;
using Tidemark.Documents;

namespace Tidemark.Records;

/// <summary>
/// A document's rows as they were read, put together: what does not fit together, or is not what was stored, is damaged, and then
/// nothing of it is given but its name. Pure; every store asks it.
/// </summary>
/// <param name="Document">Its own row.</param>
/// <param name="Layout">Its chunks in order; null where the list is gone or not what was stored.</param>
public sealed record StoredDocument(DocumentRecord Document, IReadOnlyList<LayoutEntry>? Layout)
{
    /// <summary>The damage of a row that its seal does not hold for.</summary>
    public const string WrongRow = "its id, source, version, metadata or text's hash is not what was stored";

    /// <summary>The damage of a list of chunks that does not say rightly whether it is the text: text and hash tell.</summary>
    public const string WrongPartition = "whether its chunks are its whole text is not what was stored";

    /// <summary>The damage of a namespace that has chunks of former states, and not the states.</summary>
    public const string LostStates = "former states are gone, and as of the commits at which they were valid nothing is shown any more";

    /// <summary>The damage of a former state that ended for no reason that there is: what came after it tells.</summary>
    public const string WrongEnd = "why it ended is not what was stored";

    /// <summary>Where what <see cref="Complete"/> found can come back from.</summary>
    public static DamageKind KindOf(string damage) => damage == WrongPartition ? DamageKind.Derivable : DamageKind.Document;

    /// <summary>Of its own row; null: there is none.</summary>
    public long? Seal { get; init; }

    /// <summary>What of its own row is no value at all (<see cref="StoredValue.FaultOf"/>); null: nothing.</summary>
    public string? Fault { get; init; }

    /// <summary>Whether the chunks are a partition of the text.</summary>
    public bool IsPartition { get; init; }

    /// <summary>In which way a live document is damaged, as far as its own row and its list of chunks tell; null: it is not.</summary>
    public string? RowDamage =>
        Fault is not null ? Fault
        : !DocumentSeal.Holds(Document, Seal) ? WrongRow
        : Document.Glance.State == DocumentState.Live && (Layout is null || Layout.Count != Document.Glance.Chunks)
            ? "the list of its chunks is gone or not what was stored"
        : null;

    /// <summary>A former state, to be looked at as a live one is: whether its chunks are still open does not matter.</summary>
    public static StoredDocument OfFormer(DocumentKey document, string id, ContentHash textHash, IReadOnlyList<LayoutEntry>? layout) => new(
        new DocumentRecord
        {
            Glance = new DocumentGlance { Key = document, State = DocumentState.Live, Chunks = layout?.Count ?? 0 },
            Id = id,
            SourceId = id,
            TextHash = textHash,
        },
        layout);

    /// <summary>The same with what of its own row is under a seal.</summary>
    /// <param name="seal">Of the row.</param>
    /// <param name="row">What it says, but for the text's hash, and no number of a source that is none.</param>
    public StoredDocument WithSeal(long seal, DocumentRecord row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return this with
        {
            Seal = seal,
            Document = row with { Glance = Document.Glance with { Source = row.Glance.Source }, TextHash = Document.TextHash },
        };
    }

    /// <summary>A former state in which something is not what was stored.</summary>
    /// <param name="id">Of the document.</param>
    /// <param name="sequences">From which commit to which one it was valid.</param>
    /// <param name="what">What <see cref="Complete"/> found.</param>
    public static RecordDamage FormerDamage(string id, (long From, long To) sequences, string what) => new(
        id,
        $"its former state of the commits {sequences.From} to {sequences.To} ({what})",
        what is WrongPartition or WrongEnd ? DamageKind.Derivable : DamageKind.Past);

    /// <param name="chunks">The rows that the layout names, as far as they are there.</param>
    /// <param name="withText">Whether chunks were read with their texts, and the document's is wanted.</param>
    /// <param name="beside">Reads the text that stands beside the chunks; asked only where they are no partition of it.</param>
    /// <returns>The document, and in which way it is damaged; null: it is not.</returns>
    public (DocumentRecord Document, string? Damage) Complete(
        IReadOnlyDictionary<long, StoredChunk> chunks, bool withText, Func<string?> beside)
    {
        ArgumentNullException.ThrowIfNull(chunks);
        ArgumentNullException.ThrowIfNull(beside);
        if (Fault is null && Document.Glance.State != DocumentState.Live)
        {
            return (Document, null);
        }

        var damage = RowDamage ?? DamageOf(chunks);
        (string? Text, bool IsPartition)? text = damage is null && withText ? TextOf(chunks, beside) : null;
        damage ??= text is { IsPartition: var isPartition } && isPartition != IsPartition ? WrongPartition
            : text is { Text: { } whole } && ContentHash.Of(whole) != Document.TextHash ? "its text is not the one that was stored"
            : null;
        return damage is null
            ? (Document with { Chunks = [.. Layout!.Select(entry => RecordOf(entry, chunks[entry.Chunk]))], Text = text?.Text }, null)
            : (new DocumentRecord { Glance = Document.Glance, Id = Document.Id, SourceId = Document.SourceId, IsDamaged = true }, damage);
    }

    /// <summary>
    /// The text, and whether the chunks are a partition of it. That is under no seal: where the row leads to no text of the hash, the
    /// other way is tried, and the text itself tells which is right.
    /// </summary>
    private (string? Text, bool IsPartition) TextOf(IReadOnlyDictionary<long, StoredChunk> chunks, Func<string?> beside)
    {
        var joined = string.Concat(Layout!.Select(entry => chunks[entry.Chunk].Text));
        if (Holds(joined) && ChunkCover.IsWhole(Layout!, entry => (entry.Start, entry.Length), joined.Length))
        {
            return (joined, true);
        }

        var kept = beside();
        return !IsPartition || Holds(kept) ? (kept, false) : (joined, true);

        bool Holds(string? text) => text is not null && ContentHash.Of(text) == Document.TextHash;
    }

    private static ChunkRecord RecordOf(LayoutEntry entry, StoredChunk chunk) =>
        new(new ChunkKey(entry.Chunk), chunk.Input, chunk.Occurrence, entry.Start, entry.Length, entry.Heading);

    /// <summary>Whether the layout names exactly the document's own open chunks, in their order.</summary>
    private string? DamageOf(IReadOnlyDictionary<long, StoredChunk> chunks)
    {
        var occurrences = new Dictionary<ContentHash, int>();
        foreach (var entry in Layout!)
        {
            if (!chunks.TryGetValue(entry.Chunk, out var chunk) || !chunk.IsOpen || chunk.Document != Document.Glance.Key)
            {
                return $"its chunk {entry.Chunk} is gone";
            }

            var occurrence = occurrences.GetValueOrDefault(chunk.Input);
            occurrences[chunk.Input] = occurrence + 1;
            if (!chunk.IsIntact || chunk.Occurrence != occurrence || (chunk.Text is { } text && text.Length != entry.Length))
            {
                return $"its chunk {entry.Chunk} is not what was stored";
            }
        }

        return null;
    }
}
