using System.Text;
using Tidemark.Documents;
using Tidemark.Postgres.Copying;
using Tidemark.Postgres.Indexing;
using Tidemark.Postgres.Rows;
using Tidemark.Postgres.Server;
using Tidemark.Records;
using Tidemark.Wording;

namespace Tidemark.Postgres.Applying;

/// <summary>What a batch adds: one binary COPY for each table, none where there is nothing for it.</summary>
internal sealed class RowCopies(BatchRows rows, long generation, long sequence, long run)
{
    private const string DocumentColumns = """
        document (key, namespace, id, long_id, state, repeats, source, source_id, sequence, chunks, token, text_hash, run,
                  version, modified_at, expires_at, tier, metadata, facets, seal)
        """;

    private const string LayoutColumns =
        "layout (generation, document, sequence, is_partition, tokens, chunks, starts, lengths, headings, seal)";

    private const string ChunkColumns = "chunk (key, generation, document, occurrence, from_sequence, tokens, input, text, seal)";

    private readonly IndexTables _tables = new(generation);
    private TermVector? _terms;

    /// <summary>Whether inputs are not the chunks' texts.</summary>
    public bool IsNormalized { get; init; }

    /// <summary>By which words are indexed.</summary>
    public Stemmer? Stemmer { get; init; }

    /// <summary>Texts of <see cref="BatchRows.Renamed"/>.</summary>
    public IReadOnlyDictionary<long, string> RenamedTexts { get; init; } = new Dictionary<long, string>();

    /// <summary>Whether the generation's vectors are indexed outside.</summary>
    public bool IsExternal { get; init; }

    private TermVector Terms => _terms ??= new TermVector(Stemmer);

    /// <summary>Begins to make the rows ready; the words of a text take as long as to store them.</summary>
    public CopyPipeline Begin(long @namespace) => new((pipeline, stop) => EncodeAsync(pipeline, @namespace, stop));

    private async Task EncodeAsync(CopyPipeline pipeline, long @namespace, CancellationToken stop)
    {
        await EncodeAsync(DocumentColumns, rows.NewDocuments, (copy, row) => Write(copy, row, @namespace)).ConfigureAwait(false);
        await EncodeAsync(LayoutColumns, rows.Layouts, Write).ConfigureAwait(false);
        await EncodeAsync("document_text (document, text)", rows.Texts, Write).ConfigureAwait(false);
        var texts = rows.Patched.Count == 0 ? rows.NewChunks : [.. rows.NewChunks, .. rows.Patched.Select(patch => patch.Next)];
        await EncodeAsync(ChunkColumns, texts, Write).ConfigureAwait(false);
        if (IsExternal)
        {
            return; // what is searched follows what is published
        }

        await EncodeAsync(
            _tables.KeywordColumns,
            texts,
            (copy, row) => _tables.WriteKeywords(copy, row.Key, row.Document, Terms.Read(row.Chunk.Text ?? "", row.Caption))).ConfigureAwait(false);
        await EncodeAsync(
            _tables.KeywordColumns,
            rows.Renamed,
            (copy, row) => _tables.WriteKeywords(copy, row.Key, row.Document, Terms.Read(RenamedTexts[row.Key], row.Caption))).ConfigureAwait(false);

        async Task EncodeAsync<T>(string target, List<T> values, Action<BinaryCopy, T> write)
        {
            if (values.Count == 0)
            {
                return;
            }

            var copy = pipeline.To(target);
            await using var held = copy.ConfigureAwait(false);
            foreach (var value in values)
            {
                write(copy, value);
                await copy.EndRowAsync(stop).ConfigureAwait(false);
            }

            await copy.CompleteAsync(stop).ConfigureAwait(false);
        }
    }

    private void Write(BinaryCopy copy, DocumentRow row, long @namespace)
    {
        var (id, whole) = StoreText.KeyOf(row.Id);
        var next = row.Next;
        copy.BeginRow(20);
        copy.Write(row.Key);
        copy.Write(@namespace);
        copy.WriteText(id);
        copy.WriteText(whole);
        copy.Write((short)next.State);
        copy.Write(next.Repeats);
        copy.Write(next.Source.Value);
        copy.Write(row.SourceId);
        copy.Write(sequence);
        copy.Write(next.Chunks);
        copy.WriteOptional(next.Token.Value);
        copy.WriteOptional(next.TextHash);
        copy.Write(run);
        copy.Write(next.Version.Number);
        copy.Write(next.Version.ModifiedAt.ToStored());
        copy.Write(next.ExpiresAt.ToStored());
        copy.WriteText(StoreText.EncodeOptional(next.Tier));
        copy.WriteText(next.Metadata.IsEmpty ? null : StoreText.Encode(next.Metadata.Json));
        copy.WriteArray(MetadataFacets.Of(next.Metadata));
        copy.Write(next.Seal);
    }

    private static void Write(BinaryCopy copy, LayoutRow row)
    {
        var chunks = row.Layout.Chunks;
        copy.BeginRow(10);
        copy.Write(row.Generation);
        copy.Write(row.Document);
        copy.Write(row.Sequence);
        copy.Write(row.Layout.IsPartition);
        copy.Write(row.Layout.Tokens);
        copy.WriteArray(row.Keys);
        copy.WriteArray(chunks.Select(chunk => chunk.Start).ToArray());
        copy.WriteArray(chunks.Select(chunk => chunk.Length).ToArray());
        copy.WriteArray(chunks.Any(chunk => chunk.Heading is not null)
            ? [.. chunks.Select(chunk => StoreText.EncodeOptional(chunk.Heading))]
            : null);
        copy.Write(LayoutSeal.Of(row.Keys, chunks));
    }

    private static void Write(BinaryCopy copy, (long Document, string Text) row)
    {
        copy.BeginRow(2);
        copy.Write(row.Document);
        copy.WriteText(StoreText.Encode(row.Text));
    }

    private void Write(BinaryCopy copy, ChunkRow row)
    {
        copy.BeginRow(9);
        copy.Write(row.Key);
        copy.Write(generation);
        copy.Write(row.Document);
        copy.Write(row.Chunk.Occurrence);
        copy.Write(sequence);
        copy.Write(row.Tokens);
        copy.Write(row.Chunk.Input);
        var text = row.Chunk.Text ?? "";
        copy.WriteText(StoreText.Encode(text));
        copy.Write(IsNormalized || !row.Chunk.Existing.IsNone ? Seal.OfText(row.Chunk.Input, Encoding.UTF8.GetBytes(text)) : null);
    }
}
