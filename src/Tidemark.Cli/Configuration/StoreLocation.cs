namespace Tidemark.Cli.Configuration;

/// <summary>Where a store is.</summary>
/// <param name="Path">Absolute path of the SQLite database.</param>
internal sealed record StoreLocation(string Path)
{
    public const string Scheme = "sqlite:";

    /// <param name="folder">What a relative path is relative to.</param>
    /// <returns>Null after adding a mistake.</returns>
    public static StoreLocation? Parse(string url, string folder, ICollection<ConfigurationMistake> mistakes)
    {
        if (url.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && url.Length > Scheme.Length)
        {
            var path = url[Scheme.Length..];
            path = path.StartsWith("///", StringComparison.Ordinal) ? path[2..] : path;
            return new StoreLocation(System.IO.Path.GetFullPath(path, folder));
        }

        mistakes.Add(url.StartsWith("postgres", StringComparison.OrdinalIgnoreCase)
            ? new($"This release has no PostgreSQL store, but the store is '{url.Split('@')[^1]}'",
                "Use 'sqlite:PATH'.")
            : new($"The store '{url}' is of no known kind", "Write 'sqlite:PATH', for instance 'sqlite:index.db'."));
        return null;
    }

    public override string ToString() => Scheme + Path;
}
