using Npgsql;
using Tidemark.Postgres.Rows;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Applying;

/// <summary>What a batch means for generations whose vectors are indexed outside, at the end of its writes.</summary>
internal sealed class OutboxRows(NpgsqlConnection connection, BatchRows rows, DateTimeOffset now)
{
    // An entry's former change does not matter any more: it gets the place of its last one.
    private const string Enqueue = """
        insert into outbox (generation, document, chunk, opened, change, at)
        select generation, document, key, from_sequence, $2, $3 from chunk where key = any($1) order by key
        on conflict (generation, chunk, opened)
          do update set position = nextval('outbox_position'), change = excluded.change, at = excluded.at
        """;

    private const string Repeat = $"""
        insert into outbox (generation, document, chunk, opened, change, at)
        select generation, document, key, from_sequence, {RowStates.PatchNumber}, $2 from chunk where key = any($1) and to_sequence is null order by key
        on conflict do nothing
        """;

    private const string Drop = """
        update unpublished u set sequence = 0, text_hash = d.text_hash from document d
        where u.generation = $1 and u.document = any($2) and u.sequence > 0 and d.key = u.document
        """;

    private const string Lag = $"""
        insert into unpublished (generation, document, sequence, text_hash)
        select $1, d.key, w.found, case when w.found = 0 and d.{RowStates.Live} then d.text_hash end
        from unnest($2::bigint[], $3::bigint[]) w(key, found) join document d on d.key = w.key
        on conflict (generation, document) do nothing
        returning document
        """;

    // The text is that of the state that has just become a former one.
    private const string Hold = """
        update unpublished u set text_hash = case when d.key = any($4) and exists (
            select 1 from unpublished n where n.generation = $1 and n.sequence = 0 and n.text_hash = h.text_hash) then h.text_hash end
        from document d
        left join document_history h on h.document = d.key and h.to_sequence = $3 and h.generation = $1
        where u.generation = $1 and u.document = any($2) and u.sequence > 0 and d.key = u.document
        """;

    /// <summary>Entries of chunks that close or go; before their rows do.</summary>
    public static void Delete(NpgsqlBatch statements, IReadOnlyCollection<long> chunks, DateTimeOffset now)
    {
        if (chunks.Count > 0)
        {
            statements.Add(Enqueue, Sql.Of(chunks.ToArray()), Sql.Of((int)OutboxChange.Delete), Sql.Of(now.ToStored()));
        }
    }

    /// <param name="chunks">A query that gives their keys, with three parameters; the fourth is the time.</param>
    public static string DeleteThose(string chunks) => $"""
        insert into outbox (generation, document, chunk, opened, change, at)
        select generation, document, key, from_sequence, {RowStates.DeleteNumber}, $4 from chunk where key in ({chunks}) order by key
        on conflict (generation, chunk, opened)
          do update set position = nextval('outbox_position'), change = excluded.change, at = excluded.at
        """;

    /// <summary>Documents that were put or removed in the active generation.</summary>
    public async Task SettleAsync(long active, long sequence, CancellationToken cancellationToken)
    {
        if (rows.Found.Count == 0)
        {
            return;
        }

        await PutAsync(cancellationToken).ConfigureAwait(false);
        if (rows.Repeated.Count > 0)
        {
            await connection.ExecuteAsync(
                Repeat, cancellationToken, Sql.Of(rows.Repeated.ToArray()), Sql.Of(now.ToStored())).ConfigureAwait(false);
        }

        if (rows.Rewritten.Count > 0)
        {
            await connection.ExecuteAsync(Drop, cancellationToken, Sql.Of(active), Sql.Of(rows.Rewritten.ToArray())).ConfigureAwait(false);
        }

        var documents = rows.Found.Select(found => found.Key).ToArray();
        var fresh = await connection.ListAsync(
            Lag,
            row => row.GetInt64(0),
            cancellationToken,
            Sql.Of(active),
            Sql.Of(documents),
            Sql.Of(rows.Found.Select(found => found.Sequence).ToArray())).ConfigureAwait(false);
        await connection.ExecuteAsync(
            Hold, cancellationToken, Sql.Of(active), Sql.Of(documents), Sql.Of(sequence), Sql.Of(rows.Moved.ToArray())).ConfigureAwait(false);
        await new Publication(connection, active).PublishAsync(documents, [.. fresh], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Documents that were staged in the generation that is being built, or are not staged any more.</summary>
    public async Task SettleStagedAsync(long building, bool isStage, CancellationToken cancellationToken)
    {
        var documents = rows.Unstaged
            .Concat(rows.Layouts.Where(layout => layout.Generation == building).Select(layout => layout.Document))
            .Distinct().ToArray();
        if (documents.Length == 0)
        {
            return;
        }

        if (isStage)
        {
            await PutAsync(cancellationToken).ConfigureAwait(false);
        }

        await connection.ExecuteAsync(
            "insert into unpublished (generation, document, sequence) select $1, key, 0 from unnest($2::bigint[]) u(key) on conflict do nothing",
            cancellationToken, Sql.Of(building), Sql.Of(documents)).ConfigureAwait(false);
        await new Publication(connection, building).PublishAsync(documents, [], cancellationToken).ConfigureAwait(false);
    }

    private async Task PutAsync(CancellationToken cancellationToken)
    {
        var opened = rows.NewChunks.Select(row => row.Key).Concat(rows.Patched.Select(patch => patch.Next.Key)).ToArray();
        if (opened.Length > 0)
        {
            await connection.ExecuteAsync(Enqueue, cancellationToken, Sql.Of(opened), Sql.Of((int)OutboxChange.Put), Sql.Of(now.ToStored()))
                .ConfigureAwait(false);
        }
    }
}
