using Npgsql;
using Tidemark.Documents;
using Tidemark.Postgres.Indexing;
using Tidemark.Postgres.Rows;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Care;

/// <summary>What filters ask for first, compared with the metadata that it is made of.</summary>
internal sealed class FacetCheck(NpgsqlConnection connection, long @namespace)
{
    private const int PageSize = 2_000;

    private const string Page = $"""
        select key, metadata, facets from document where namespace = $1 and {RowStates.Live} and key > $2 order by key limit $3
        """;

    public async Task FindAsync(DamageList damages, CancellationToken cancellationToken)
    {
        if ((await WrongAsync(cancellationToken).ConfigureAwait(false)).Count is > 0 and var found)
        {
            damages.Add("the namespace", $"what {found} of its documents are filtered by is not what their metadata say", DamageKind.Derivable);
        }
    }

    public async Task<long> MendAsync(CancellationToken cancellationToken)
    {
        var wrong = await WrongAsync(cancellationToken).ConfigureAwait(false);
        foreach (var (key, facets) in wrong)
        {
            await connection.ExecuteAsync(
                "update document set facets = $2::bigint[] where key = $1", cancellationToken, Sql.Of(key), Sql.Of(facets)).ConfigureAwait(false);
        }

        return wrong.Count;
    }

    private async Task<List<(long Key, string? Facets)>> WrongAsync(CancellationToken cancellationToken)
    {
        var wrong = new List<(long, string?)>();
        for (var after = 0L; ;)
        {
            var page = await connection.ListAsync(
                Page,
                row => (Key: row.GetInt64(0), Metadata: row.GetOptionalText(1), Facets: row.IsDBNull(2) ? null : row.FindArray<long>(2) ?? []),
                cancellationToken,
                Sql.Of(@namespace),
                Sql.Of(after),
                Sql.Of(PageSize)).ConfigureAwait(false);
            if (page.Count == 0)
            {
                return await SoundAsync(wrong, cancellationToken).ConfigureAwait(false);
            }

            // Of metadata that cannot be read nothing is known; the check of its document tells.
            wrong.AddRange(page.Where(row => row.Metadata is null || StoredValue.IsObject(row.Metadata))
                .Select(row => (row.Key, row.Facets, Metadata: row.Metadata is { } json ? DocumentMetadata.FromCanonical(json) : DocumentMetadata.Empty))
                .Where(row => IsWrong(row.Facets, row.Metadata))
                .Select(row => (row.Key, MetadataFacets.LiteralOf(row.Metadata))));
            after = page[^1].Key;
        }
    }

    /// <summary>Those whose metadata is what was stored; the others come from their source.</summary>
    private async Task<List<(long Key, string? Facets)>> SoundAsync(List<(long Key, string? Facets)> wrong, CancellationToken cancellationToken)
    {
        var rows = await DocumentLoader.ReadAsync(
            connection, wrong.Select(row => new DocumentKey(row.Key)), cancellationToken).ConfigureAwait(false);
        var sound = rows.Where(row => DocumentSeal.Holds(row.Document, row.Seal))
            .Select(row => row.Document.Glance.Key.Value).ToHashSet();
        return wrong.FindAll(row => sound.Contains(row.Key));
    }

    private static bool IsWrong(long[]? stored, DocumentMetadata metadata)
    {
        var made = MetadataFacets.Of(metadata);
        return stored is null || made is null ? stored is not null || made is not null : !stored.AsSpan().SequenceEqual(made);
    }
}
