using Tidemark.Sqlite;

namespace Tidemark;

/// <summary>Keeps an index in a SQLite file.</summary>
public static class SqliteVerbs
{
    /// <summary>
    /// The embedded store: records, embeddings, vectors and keywords in one file, which is made with its folder if there is
    /// none. Any number of processes may search it; one run at a time changes it. Embeddings reach the disk before anything
    /// else happens with them, for they may have been paid for.
    /// </summary>
    /// <param name="builder">The index.</param>
    /// <param name="path">Relative to the working directory, or absolute.</param>
    /// <param name="options">Null: the defaults, and a missing file is made.</param>
    /// <exception cref="TidemarkException"><c>configuration.invalid</c>: it is no path of a file.</exception>
    public static TidemarkBuilder UseSqlite(this TidemarkBuilder builder, string path, SqliteStoreOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        RequireFile(path);
        options ??= new SqliteStoreOptions { CreateIfMissing = true, FlushEmbeddings = true };
        return builder.UseStore(
            async (context, cancellationToken) =>
                await SqliteStore.OpenAsync(path, options, context.Clock, cancellationToken).ConfigureAwait(false),
            async (context, cancellationToken) => options.CreateIfMissing && !Path.Exists(path)
                ? await SqliteStore.OpenEmptyAsync(context.Clock, cancellationToken).ConfigureAwait(false)
                : null);
    }

    private static void RequireFile(string path)
    {
        var (fault, remedy) = path switch
        {
            ":memory:" => ("is a name of SQLite's for a store that is gone with its process", "name a file, for instance in a temporary folder"),
            _ when path.StartsWith("sqlite:", StringComparison.Ordinal) || path.StartsWith("file:", StringComparison.Ordinal) =>
                ("is an address", $"name the path alone: UseSqlite(\"{path[(path.IndexOf(':', StringComparison.Ordinal) + 1)..]}\")"),
            _ when Path.EndsInDirectorySeparator(path) => ("is a folder", "name a file in it: 'tidemark.db'"),
            _ => (null, ""),
        };
        if (fault is not null)
        {
            throw new TidemarkException(ErrorCodes.ConfigurationInvalid, $"the store '{path}' {fault}", remedy);
        }
    }
}
