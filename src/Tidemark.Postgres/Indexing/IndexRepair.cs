using Npgsql;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Indexing;

/// <summary>Makes the tables that queries read anew from records and embeddings, where they differ from those.</summary>
internal sealed class IndexRepair(NpgsqlConnection connection, IndexGeneration generation)
{
    private readonly IndexTables _tables = generation.Tables;

    /// <returns>How many entries were wrong.</returns>
    public async Task<long> RunAsync(CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var held = transaction.ConfigureAwait(false);
        var checker = new IndexChecker(connection, generation);
        var vectors = await checker.CheckVectorsAsync(cancellationToken).ConfigureAwait(false);
        if (generation.Location is null
            && (vectors.Wrong > 0 || !await _tables.AreVectorsWholeAsync(connection, cancellationToken).ConfigureAwait(false)))
        {
            await RebuildVectorsAsync(cancellationToken).ConfigureAwait(false);
        }

        var keywords = await checker.CheckKeywordsAsync(cancellationToken).ConfigureAwait(false);
        if (keywords.Wrong > 0 || !await _tables.AreKeywordsWholeAsync(connection, cancellationToken).ConfigureAwait(false))
        {
            await RebuildKeywordsAsync(cancellationToken).ConfigureAwait(false);
        }

        await transaction.CommitHeardAsync(cancellationToken).ConfigureAwait(false);
        return vectors.Wrong + keywords.Wrong;
    }

    private async Task RebuildVectorsAsync(CancellationToken cancellationToken)
    {
        // Those, too, that do not belong to them any more.
        var former = await connection.ListAsync(
            "select relname::text from pg_class where relnamespace = current_schema()::regnamespace and relkind = 'r' and (relname = $1 or relname like $1 || '\\_recent%')",
            row => row.GetString(0),
            cancellationToken,
            Sql.Of(_tables.Vectors)).ConfigureAwait(false);
        if (former.Count > 0)
        {
            await connection.ExecuteAsync($"drop table {string.Join(", ", former)} cascade", cancellationToken).ConfigureAwait(false);
        }

        await _tables.CreateVectorsAsync(connection, generation.Dimensions, cancellationToken).ConfigureAwait(false);
        await connection.ExecuteAsync(
            $"""
            insert into {_tables.VectorColumns}
            select c.key, c.document, e.vector from chunk c join embedding e on e.space = $2 and e.input = c.input
            where c.generation = $1 and c.to_sequence is null order by c.key
            """,
            cancellationToken,
            Sql.Of(_tables.Generation),
            Sql.Of(generation.Space)).ConfigureAwait(false);
    }

    private async Task RebuildKeywordsAsync(CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync($"drop table if exists {string.Join(", ", _tables.AllKeywords)} cascade", cancellationToken).ConfigureAwait(false);
        await _tables.CreateKeywordsAsync(connection, cancellationToken).ConfigureAwait(false);
        await new KeywordRebuild(connection, generation).FillAsync(cancellationToken).ConfigureAwait(false);
    }
}
