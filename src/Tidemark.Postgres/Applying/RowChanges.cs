using Npgsql;
using Tidemark.Postgres.Indexing;
using Tidemark.Postgres.Rows;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Applying;

/// <summary>What a batch does to rows that are there: one statement for each kind of change, none where there is none.</summary>
internal sealed class RowChanges(BatchRows rows, BatchLookup stored, long run, DateTimeOffset now)
{
    private const string KeepFormer = """
        insert into document_history (document, from_sequence, to_sequence, generation, source, source_id, run, text_hash,
                                      version, modified_at, expires_at, tier, metadata, is_partition, chunks, starts, lengths,
                                      headings, text, ended, seal)
        select d.key, d.sequence, $2, $3, d.source, d.source_id, d.run, d.text_hash,
               d.version, d.modified_at, d.expires_at, d.tier, d.metadata, l.is_partition, l.chunks, l.starts, l.lengths,
               l.headings, case when not l.is_partition then t.text end, w.ended, d.seal
        from unnest($1::bigint[], $4::smallint[]) w(key, ended)
        join document d on d.key = w.key
        join layout l on l.generation = $3 and l.document = d.key
        left join document_text t on t.document = d.key
        """;

    // The text as it is until now, put together from the chunks that it was cut into.
    private const string KeepText = """
        insert into document_text (document, text)
        select l.document, coalesce(string_agg(c.text, '' order by u.place), '')
        from layout l left join lateral unnest(l.chunks) with ordinality u(key, place) on true left join chunk c on c.key = u.key
        where l.generation = $2 and l.document = any($1) and l.is_partition
        group by l.document
        on conflict do nothing
        """;

    private const string Close = "update chunk set to_sequence = $2 where key = any($1)";

    private const string Change = """
        update document d set
          state = u.state, repeats = u.repeats, source = u.source, source_id = u.source_id, sequence = $2, chunks = u.chunks,
          token = u.token, text_hash = u.text_hash, run = $3,
          version = u.version, modified_at = u.modified_at, expires_at = u.expires_at, tier = u.tier, metadata = u.metadata, facets = u.facets::bigint[],
          seal = u.seal, long_id = u.long_id
        from unnest($1::bigint[], $4::smallint[], $5::boolean[], $6::bigint[], $7::bigint[], $8::int[], $9::bytea[], $10::bytea[],
                    $11::bigint[], $12::bigint[], $13::bigint[], $14::text[], $15::text[], $16::text[], $17::bigint[], $18::text[])
          u(key, state, repeats, source, source_id, chunks, token, text_hash, version, modified_at, expires_at, tier,
            metadata, facets, seal, long_id)
        where d.key = u.key
        """;

    private const string Touch = """
        update document d set token = u.token, version = u.version, modified_at = u.modified_at, repeats = u.repeats, seal = u.seal
        from unnest($1::bigint[], $2::bytea[], $3::bigint[], $4::bigint[], $5::boolean[], $6::bigint[])
          u(key, token, version, modified_at, repeats, seal)
        where d.key = u.key
        """;

    public void Write(NpgsqlBatch statements, long sequence)
    {
        if (rows.Former.Count > 0)
        {
            statements.Add(
                KeepFormer,
                Sql.Of([.. rows.Former.Select(former => former.Key)]),
                Sql.Of(sequence),
                Sql.Of(stored.Active),
                Sql.Of([.. rows.Former.Select(former => (short)former.End)]));
        }

        if (rows.KeptTexts.Count > 0)
        {
            statements.Add(KeepText, Keys(rows.KeptTexts), Sql.Of(stored.Active));
        }

        if (stored.BuildingHasAnswered && rows.Unstaged.Count > 0)
        {
            statements.Add(CutStates.KeepSome, Sql.Of(stored.Building), Keys(rows.Unstaged));
        }

        Delete(statements, "delete from layout where document = any($1) and generation = $2", rows.DroppedLayouts, stored.Active);
        Delete(statements, "delete from layout where document = any($1) and generation = $2", rows.Unstaged, stored.Building);
        Delete(statements, "delete from document_text where document = any($1)", rows.DroppedTexts);
        WriteChunks(statements, sequence);
        WriteDocuments(statements, sequence);
    }

    private void DeleteDamaged(NpgsqlBatch statements, long sequence)
    {
        const string Known = "select key from chunk where document = any($1) and generation = $2 and from_sequence < $3";
        const string Open = $"{Known} and to_sequence is null";
        var tables = new IndexTables(stored.Active);
        NpgsqlParameter[] Parameters() => [Keys(rows.Rewritten), Sql.Of(stored.Active), Sql.Of(sequence)];
        if (stored.IsExternal)
        {
            statements.Add(OutboxRows.DeleteThose(Open), [.. Parameters(), Sql.Of(now.ToStored())]);
        }
        else
        {
            statements.Add($"delete from {tables.Vectors} where chunk in ({Open})", Parameters());
        }

        // Also of closed ones: an external index may have been behind, and searches with a former version.
        statements.Add($"delete from {tables.Keywords} where chunk in ({Known})", Parameters());
        statements.Add($"delete from chunk where key in ({Open})", Parameters());
    }

    private void WriteChunks(NpgsqlBatch statements, long sequence)
    {
        if (rows.Rewritten.Count > 0)
        {
            DeleteDamaged(statements, sequence);
        }

        var closed = rows.ClosedChunks.Concat(rows.Patched.Select(patch => patch.Former)).ToList();
        if (closed.Count > 0)
        {
            statements.Add(Close, Keys(closed), Sql.Of(sequence));
        }

        if (closed.Count > 0 && stored.IsExternal)
        {
            OutboxRows.Delete(statements, closed, now);
        }
        else if (closed.Count > 0)
        {
            var tables = new IndexTables(stored.Active);
            Delete(statements, $"delete from {tables.Vectors} where chunk = any($1)", rows.ClosedChunks);
            Delete(statements, $"delete from {tables.Keywords} where chunk = any($1)", closed);
            if (rows.Patched.Count > 0)
            {
                statements.Add(
                    $"""
                    update {tables.Vectors} v set chunk = u.next
                    from unnest($1::bigint[], $2::bigint[]) u(former, next) where v.chunk = u.former
                    """,
                    Keys([.. rows.Patched.Select(patch => patch.Former)]),
                    Keys([.. rows.Patched.Select(patch => patch.Next.Key)]));
            }
        }

        Delete(statements, $"delete from {new IndexTables(stored.Active).Keywords} where chunk = any($1)", [.. rows.Renamed.Select(chunk => chunk.Key)]);
        if (rows.UnstagedChunks.Count > 0)
        {
            var tables = new IndexTables(stored.Building);
            if (stored.IsBuildingExternal)
            {
                OutboxRows.Delete(statements, rows.UnstagedChunks, now);
            }
            else
            {
                Delete(statements, $"delete from {tables.Vectors} where chunk = any($1)", rows.UnstagedChunks);
            }

            Delete(statements, $"delete from {tables.Keywords} where chunk = any($1)", rows.UnstagedChunks);
            if (stored.BuildingHasAnswered)
            {
                statements.Add(Close, Keys(rows.UnstagedChunks), Sql.Of(sequence));
            }
            else
            {
                Delete(statements, "delete from chunk where key = any($1)", rows.UnstagedChunks);
            }
        }
    }

    private void WriteDocuments(NpgsqlBatch statements, long sequence)
    {
        var changed = rows.ChangedDocuments;
        if (changed.Count > 0)
        {
            statements.Add(
                Change,
                Keys([.. changed.Select(row => row.Key)]), Sql.Of(sequence), Sql.Of(run),
                Column(row => (short)row.Next.State), Column(row => row.Next.Repeats), Column(row => row.Next.Source.Value), Column(row => row.SourceId),
                Column(row => row.Next.Chunks),
                Sql.Of([.. changed.Select(row => row.Next.Token.IsNone ? null : row.Next.Token.Value.ToArray())]),
                Sql.Of([.. changed.Select(row => row.Next.TextHash.IsZero ? null : row.Next.TextHash.ToArray())]),
                Sql.Of([.. changed.Select(row => row.Next.Version.Number)]),
                Sql.Of([.. changed.Select(row => row.Next.Version.ModifiedAt.ToStored())]),
                Sql.Of([.. changed.Select(row => row.Next.ExpiresAt.ToStored())]),
                Sql.Of([.. changed.Select(row => StoreText.EncodeOptional(row.Next.Tier))]),
                Sql.Of([.. changed.Select(row => row.Next.Metadata.IsEmpty ? null : StoreText.Encode(row.Next.Metadata.Json))]),
                Sql.Of([.. changed.Select(row => MetadataFacets.LiteralOf(row.Next.Metadata))]),
                Sql.Of([.. changed.Select(row => row.Next.Seal)]),
                Sql.Of([.. changed.Select(row => StoreText.KeyOf(row.Id).Whole)]));
        }

        if (rows.Touched.Count > 0)
        {
            statements.Add(
                Touch,
                Keys([.. rows.Touched.Select(touch => touch.Key.Value)]),
                Sql.Of([.. rows.Touched.Select(touch => touch.Token.IsNone ? null : touch.Token.Value.ToArray())]),
                Sql.Of([.. rows.Touched.Select(touch => touch.Version.Number)]),
                Sql.Of([.. rows.Touched.Select(touch => touch.Version.ModifiedAt.ToStored())]),
                Sql.Of([.. rows.Touched.Select(touch => touch.Repeats)]),
                Sql.Of([.. rows.Touched.Select(touch => touch.Seal)]));
        }
    }

    private NpgsqlParameter Column(Func<DocumentRow, long> read) => Sql.Of(rows.ChangedDocuments.Select(read).ToArray());

    private NpgsqlParameter Column(Func<DocumentRow, int> read) => Sql.Of(rows.ChangedDocuments.Select(read).ToArray());

    private NpgsqlParameter Column(Func<DocumentRow, short> read) => Sql.Of(rows.ChangedDocuments.Select(read).ToArray());

    private NpgsqlParameter Column(Func<DocumentRow, bool> read) => Sql.Of(rows.ChangedDocuments.Select(read).ToArray());

    private static NpgsqlParameter Keys(List<long> keys) => Sql.Of(keys.ToArray());

    private static void Delete(NpgsqlBatch statements, string sql, List<long> keys, long? generation = null)
    {
        if (keys.Count > 0)
        {
            statements.Add(sql, generation is { } known ? [Keys(keys), Sql.Of(known)] : [Keys(keys)]);
        }
    }
}
