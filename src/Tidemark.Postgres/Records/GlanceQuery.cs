using System.Text;
using Npgsql;
using Tidemark.Documents;
using Tidemark.Postgres.Rows;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Records;

/// <summary>Looks a page of documents up by id, in one statement.</summary>
internal static class GlanceQuery
{
    // The limit keeps each look-up an index scan of its own, whatever the planner thinks of the table's size.
    private const string Rows = $"""
        select w.place::int, {DocumentColumns.Glance}
        from unnest($2::text[]) with ordinality w(id, place)
        cross join lateral (select * from document where namespace = $1 and id = w.id limit 1) d
        """;

    public static async Task<bool> RunAsync(
        NpgsqlConnection connection,
        long @namespace,
        ListingPage page,
        Memory<DocumentGlance> glances,
        CancellationToken cancellationToken)
    {
        var command = connection.Command(Rows, Sql.Of(@namespace), Sql.Of(IdsOf(page)));
        await using var held = command.ConfigureAwait(false);
        var rows = await command.ReadAsync(cancellationToken).ConfigureAwait(false);
        await using var heldRows = rows.ConfigureAwait(false);
        while (await rows.NextAsync(connection, cancellationToken).ConfigureAwait(false))
        {
            glances.Span[rows.GetInt32(0) - 1] = DocumentColumns.ReadGlance(rows, 1);
        }

        return true;
    }

    /// <summary>Null where only reading tells the id.</summary>
    private static string?[] IdsOf(ListingPage page)
    {
        var items = page.Items;
        var ids = new string?[items.Length];
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = items[i].Id.IsEmpty ? null : StoreText.KeyOf(Encoding.UTF8.GetString(items[i].Id.Span)).Key;
        }

        return ids;
    }
}
