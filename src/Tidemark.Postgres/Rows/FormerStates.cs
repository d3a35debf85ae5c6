using System.Text;
using Npgsql;
using Tidemark.Documents;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Rows;

/// <summary>Puts former states of documents together from the rows that they are kept in.</summary>
internal static class FormerStates
{
    /// <summary>What <see cref="ListAsync"/> reads, with where it is read from.</summary>
    public const string Columns = """
        h.key, h.document, h.from_sequence, h.to_sequence, h.text_hash, h.is_partition, h.chunks, h.starts, h.lengths, h.headings,
               h.text, h.modified_at, h.expires_at, h.metadata, coalesce(d.long_id, d.id, 'a document that is gone'), h.ended, h.generation,
               h.version, h.modified_at, h.source, case h.source_id when 0 then coalesce(d.long_id, d.id) else coalesce(i.long_value, i.value) end, h.tier, case when d.key is not null then h.seal end
        from document_history h left join document d on d.key = h.document left join source_id i on i.id = h.source_id
        """;

    /// <summary>The same of live states, by the keys of their documents, as a generation has cut them that has answered before.</summary>
    public const string FollowedColumns = """
        d.key, d.key, d.sequence, d.sequence, d.text_hash, l.is_partition, l.chunks, l.starts, l.lengths, l.headings,
               t.text, d.modified_at, d.expires_at, d.metadata, coalesce(d.long_id, d.id), 0::smallint, l.generation,
               d.version, d.modified_at, d.source, case d.source_id when 0 then coalesce(d.long_id, d.id) else coalesce(i.long_value, i.value) end, d.tier, d.seal
        from layout l join document d on d.key = l.document left join source_id i on i.id = d.source_id left join document_text t on t.document = d.key
        """;

    private const string ChunkRows = "select c.key, c.input, c.occurrence, c.document, c.text, c.seal from chunk c where c.key = any($1)";

    /// <param name="sql">Selects <see cref="Columns"/>.</param>
    public static async Task<List<FormerState>> ListAsync(
        NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        var rows = await connection.ListAsync(sql, ReadState, cancellationToken, parameters).ConfigureAwait(false);
        var keys = rows.SelectMany(row => row.State.Layout ?? []).Select(entry => entry.Chunk).Distinct().ToArray();
        var chunks = new Dictionary<long, StoredChunk>(keys.Length);
        if (keys.Length > 0)
        {
            await connection.ListAsync(ChunkRows, row => chunks[row.GetInt64(0)] = ReadChunk(row), cancellationToken, Sql.Of(keys)).ConfigureAwait(false);
        }

        return rows.ConvertAll(row =>
        {
            var (document, damage) = row.State.Complete(chunks, withText: true, () => row.Text);
            return new FormerState(
                row.Key, row.Sequences, document, row.State.IsPartition, row.Generation, chunks, damage ?? (StateEnds.IsKnown(row.End) ? null : StoredDocument.WrongEnd));
        });
    }

    private static Row ReadState(NpgsqlDataReader row)
    {
        var state = StoredDocument.OfFormer(
            new DocumentKey(row.GetInt64(1)), row.GetStoreText(14), row.GetHash(4), StoredLayout.Find(row, 6)?.Entries) with
        {
            IsPartition = row.GetBoolean(5),
            Fault = StoredValue.FaultOf(0, 0, row.GetOptionalInt64(11), row.GetOptionalInt64(12), row.GetOptionalText(13)),
        };
        state = state.Fault is null && row.GetOptionalInt64(22) is { } seal ? state.WithSeal(seal, SealedOf(row)) : state;
        return new Row(row.GetInt64(0), (row.GetInt64(2), row.GetInt64(3)), state, row.GetOptionalText(10), row.GetInt16(15), row.GetInt64(16));
    }

    private static DocumentRecord SealedOf(NpgsqlDataReader row)
    {
        var id = row.GetStoreText(14);
        return new DocumentRecord
        {
            Glance = new DocumentGlance { Source = new SourceKey(row.GetInt64(19)) },
            Id = id,
            SourceId = row.IsDBNull(20) ? "" : row.GetStoreText(20),
            Version = row.GetVersion(17, id),
            ExpiresAt = StoreTime.FromStored(row.GetOptionalInt64(12), id, "expires_at"),
            Tier = row.GetOptionalText(21),
            Metadata = row.GetMetadata(13, id),
        };
    }

    private static StoredChunk ReadChunk(NpgsqlDataReader row)
    {
        var (input, text) = (row.GetHash(1), row.GetStoreText(4));
        return new StoredChunk(input, row.GetInt32(2), new DocumentKey(row.GetInt64(3)), IsOpen: true)
        {
            Text = text,
            IsIntact = Seal.Holds(input, Encoding.UTF8.GetBytes(text), row.GetOptionalInt64(5)),
        };
    }

    /// <param name="Text">What stands beside the chunks.</param>
    private sealed record Row(long Key, (long From, long To) Sequences, StoredDocument State, string? Text, short End, long Generation);
}
