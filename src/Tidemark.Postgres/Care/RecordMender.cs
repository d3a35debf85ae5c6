using System.Text;
using Npgsql;
using Tidemark.Documents;
using Tidemark.Postgres.Storage;
using Tidemark.Records;

namespace Tidemark.Postgres.Care;

/// <summary>Puts right what the database itself still knows, inside the caller's transaction.</summary>
internal sealed class RecordMender(NpgsqlConnection connection, string @namespace)
{
    // Of a namespace that lost its generation: the one whose chunks are open.
    private const string Answering = $"""
        select coalesce((select g.id from generation g where g.namespace = $1
          and exists (select 1 from layout l join document d on d.key = l.document and d.{RowStates.Live}
                      where l.generation = g.id and l.sequence = d.sequence)
        order by g.{RowStates.Active} desc, g.id desc limit 1), 0)
        """;

    private const string OpenTexts = """
        select c.key, c.input, c.text, c.seal from chunk c join namespace n on n.generation = c.generation
        where n.id = $1 and c.to_sequence is null
        """;

    public async Task<long> RunAsync(CancellationToken cancellationToken)
    {
        var mended = await new CatalogCheck(connection).MendAsync(cancellationToken).ConfigureAwait(false);
        var id = await connection.ScalarAsync<long>(
            "select coalesce(max(id), 0) from namespace where name = $1", cancellationToken, Sql.Of(StoreText.Encode(@namespace)))
            .ConfigureAwait(false);
        if (id == 0)
        {
            return mended;
        }

        mended += await MendGenerationAsync(id, cancellationToken).ConfigureAwait(false);
        mended += await MendTextsAsync(id, cancellationToken).ConfigureAwait(false);
        return mended + await new CountCheck(connection, id).MendAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<long> MendGenerationAsync(long id, CancellationToken cancellationToken)
    {
        var answering = await connection.ScalarAsync<long>(Answering, cancellationToken, Sql.Of(id)).ConfigureAwait(false);
        const string Wrong = $"""
            select count(*) from namespace n join generation g on g.id = $2
            where n.id = $1 and (n.generation is distinct from g.id or g.{RowStates.NotActive})
            """;
        if (answering == 0
            || await connection.ScalarAsync<long>(Wrong, cancellationToken, Sql.Of(id), Sql.Of(answering)).ConfigureAwait(false) == 0)
        {
            return 0;
        }

        await connection.ExecuteAsync(
            "update namespace set generation = $2 where id = $1", cancellationToken, Sql.Of(id), Sql.Of(answering)).ConfigureAwait(false);
        await connection.ExecuteAsync(
            $"update generation set state = case when id = $2 then 1 else 2 end where namespace = $1 and ({RowStates.Active} or id = $2)",
            cancellationToken,
            Sql.Of(id),
            Sql.Of(answering)).ConfigureAwait(false);
        return 1;
    }

    /// <summary>Takes a damaged text from a chunk that was cut from the same input, now or formerly, here or elsewhere.</summary>
    private async Task<long> MendTextsAsync(long id, CancellationToken cancellationToken)
    {
        var damaged = new List<(long Key, ContentHash Input, long? Seal)>();
        var rows = connection.StreamAsync(
            OpenTexts,
            row => (Key: row.GetInt64(0), Input: row.GetHash(1), Text: row.GetStoreText(2), Seal: row.GetOptionalInt64(3)),
            cancellationToken,
            Sql.Of(id));
        await foreach (var row in rows.ConfigureAwait(false))
        {
            if (damaged.Count < RecordCheck.MostListed && !Seal.Holds(row.Input, Encoding.UTF8.GetBytes(row.Text), row.Seal))
            {
                damaged.Add((row.Key, row.Input, row.Seal));
            }
        }

        var mended = 0L;
        foreach (var (key, input, seal) in damaged)
        {
            mended += await MendTextAsync(key, input, seal, cancellationToken).ConfigureAwait(false) ? 1 : 0;
        }

        return mended;
    }

    private async Task<bool> MendTextAsync(long key, ContentHash input, long? seal, CancellationToken cancellationToken)
    {
        var texts = await connection.ListAsync(
            "select text from chunk where input = $1 and key <> $2",
            row => row.GetStoreText(0),
            cancellationToken,
            Sql.Of(input.ToArray()),
            Sql.Of(key)).ConfigureAwait(false);
        if (texts.Find(text => Seal.Holds(input, Encoding.UTF8.GetBytes(text), seal)) is not { } right)
        {
            return false;
        }

        await connection.ExecuteAsync(
            "update chunk set text = $2 where key = $1", cancellationToken, Sql.Of(key), Sql.Of(StoreText.Encode(right)))
            .ConfigureAwait(false);
        return true;
    }
}
