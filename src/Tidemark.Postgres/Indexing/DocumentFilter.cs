using System.Globalization;
using System.Text;
using Npgsql;
using Tidemark.Indexing;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Indexing;

/// <summary>
/// A filter as the database can ask it: paths, sources and equal values by indexes; of everything else the documents that meet
/// it are looked up first, and it is their keys that are asked for.
/// </summary>
internal sealed class DocumentFilter
{
    // Of documents whose new version an external index has not got yet: as they are found.
    private const string FormerVersions = """
        select d.key, h.metadata, coalesce(d.long_id, d.id), s.name, h.expires_at from unpublished u
        join document_history h on h.generation = u.generation and h.document = u.document and h.from_sequence = u.sequence
        join document d on d.key = u.document join source s on s.id = h.source
        where u.generation = $1 and cardinality(h.chunks) > 0
        """;

    private readonly List<Condition> _conditions;

    private DocumentFilter(MetadataFilter filter, List<Condition> conditions, int? documents) =>
        (Filter, _conditions, Documents) = (filter, conditions, documents);

    public MetadataFilter Filter { get; }

    public bool IsEmpty => Filter.IsEmpty;

    /// <summary>How many parameters the conditions have.</summary>
    public int Count => _conditions.Count;

    /// <summary>How many documents meet it; null: nobody has counted.</summary>
    public int? Documents { get; }

    public static async Task<DocumentFilter> PrepareAsync(
        NpgsqlConnection connection, IndexGeneration generation, MetadataFilter filter, CancellationToken cancellationToken)
    {
        var indexed = new DocumentFilter(filter, Indexed(filter, generation.Namespace), documents: null);
        if (filter.Conditions.All(condition => MetadataFacets.Of(condition) is not null))
        {
            return indexed;
        }

        var keys = new List<long>();
        await foreach (var key in connection.StreamAsync(
            Candidates(indexed), row => Passes(filter, row) ? row.GetInt64(0) : 0, cancellationToken,
            indexed.Parameters(Sql.Of(generation.Namespace))).ConfigureAwait(false))
        {
            if (key > 0)
            {
                keys.Add(key);
            }
        }

        long[] passing = [.. keys];
        return new DocumentFilter(
            filter,
            [
                new((rows, number) => $"{rows}.key = any({number})", () => Sql.Of(passing)),
                .. generation.Location is null ? [] : indexed._conditions.Where(condition => condition.IsValidity),
            ],
            passing.Length);
    }

    /// <summary>Whether a chunk that searches find is let through.</summary>
    public static async Task<bool> AnyAsync(
        NpgsqlConnection connection, IndexGeneration generation, MetadataFilter filter, CancellationToken cancellationToken)
    {
        var indexed = new DocumentFilter(filter, Indexed(filter, generation.Namespace), documents: null);
        var current = $"{Candidates(indexed)} and d.chunks > 0";
        if (generation.Location is null)
        {
            return await AnyAsync(current, row => Passes(filter, row), indexed.Parameters(Sql.Of(generation.Namespace))).ConfigureAwait(false);
        }

        var published = $"{current} and not exists (select 1 from unpublished u where u.generation = {generation.Tables.Number} and u.document = d.key)";
        return await AnyAsync(published, row => Passes(filter, row), indexed.Parameters(Sql.Of(generation.Namespace))).ConfigureAwait(false)
            || await AnyAsync(FormerVersions, row => PassesAsItWas(filter, row), [Sql.Of(generation.Tables.Generation)]).ConfigureAwait(false);

        async Task<bool> AnyAsync(string sql, Func<NpgsqlDataReader, bool> passes, NpgsqlParameter[] parameters)
        {
            await foreach (var isLetThrough in connection.StreamAsync(sql, passes, cancellationToken, parameters).ConfigureAwait(false))
            {
                if (isLetThrough)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <param name="rows">The name of the rows of <c>document</c>.</param>
    /// <param name="first">Number of the first parameter.</param>
    /// <returns>Each begins with "and".</returns>
    public string Conditions(string rows, int first) => string.Concat(_conditions.Select((condition, i) =>
        $" and {condition.Sql(rows, string.Create(CultureInfo.InvariantCulture, $"${first + i}"))}"));

    /// <summary>Of those only that the rows have not expired.</summary>
    public string Validity(string rows, int first) => string.Concat(_conditions.Select((condition, i) =>
        condition.IsValidity ? $" and {condition.Sql(rows, string.Create(CultureInfo.InvariantCulture, $"${first + i}"))}" : ""));

    public NpgsqlParameter[] Parameters(params NpgsqlParameter[] first) =>
        [.. first, .. _conditions.Select(condition => condition.Parameter())];

    private static string Candidates(DocumentFilter indexed) =>
        $"select d.key, d.metadata from document d where d.namespace = $1 and d.{RowStates.Live}{indexed.Conditions("d", 2)}";

    private static bool Passes(MetadataFilter filter, NpgsqlDataReader row) =>
        MetadataMatcher.Matches(filter, row.IsDBNull(1) ? [] : Encoding.UTF8.GetBytes(row.GetStoreText(1)));

    private static bool PassesAsItWas(MetadataFilter filter, NpgsqlDataReader row) =>
        filter.Covers(row.GetStoreText(2), row.GetStoreText(3))
        && !(filter.ValidAt is { } time && row.GetOptionalInt64(4) <= time.ToStored())
        && Passes(filter, row);

    private static List<Condition> Indexed(MetadataFilter filter, long @namespace)
    {
        var conditions = new List<Condition>();
        if (filter.Path is not null)
        {
            conditions.AddRange(At(DocumentPath.Of(filter.Path), @namespace));
        }

        if (filter.Source is { } source)
        {
            conditions.Add(new(
                (rows, name) => $"{rows}.source = (select id from source where namespace = {@namespace} and name = {name})",
                () => Sql.Of(StoreText.Encode(source))));
        }

        if (filter.ValidAt is { } time)
        {
            conditions.Add(new(
                (rows, number) => $"({rows}.expires_at is null or {rows}.expires_at > {number})", () => Sql.Of(time.ToStored()), IsValidity: true));
        }

        foreach (var facets in filter.Conditions.Select(MetadataFacets.Of).OfType<long[]>())
        {
            conditions.Add(new((rows, any) => $"{rows}.facets && {any}", () => Sql.Of(facets)));
        }

        return conditions;
    }

    /// <summary>By the index of ids, which has only the beginning of very long ones, and then by the whole id.</summary>
    private static IEnumerable<Condition> At(DocumentPath path, long @namespace)
    {
        var (lowest, prefix) = (StoreText.Encode(path.Whole ?? path.Prefix), StoreText.Encode(path.Prefix));
        if (StoreText.KeyOf(path.Prefix).Whole is null)
        {
            yield return new((rows, start) => $"{rows}.namespace = {@namespace} and {rows}.id >= {start}", () => Sql.Of(lowest));
            if (KeyRange.EndOf(prefix) is { } end)
            {
                yield return new((rows, bound) => $"{rows}.id < {bound}", () => Sql.Of(end));
            }
        }

        var below = path.Whole is null ? "" : " || '/'";
        yield return new(
            (rows, beginning) => $"starts_with(coalesce({rows}.long_id, {rows}.id){below}, {beginning})", () => Sql.Of(prefix));
    }

    /// <param name="Sql">From the name of the rows and of the parameter.</param>
    private sealed record Condition(Func<string, string, string> Sql, Func<NpgsqlParameter> Parameter, bool IsValidity = false);
}
