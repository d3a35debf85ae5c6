namespace Tidemark.Composition.Configuration;

/// <summary>Where a store is.</summary>
/// <param name="Path">Absolute path of the SQLite database; empty where the store is a server's.</param>
internal sealed record StoreLocation(string Path)
{
    public const string Scheme = "sqlite:";

    private static readonly string[] ServerSchemes = ["postgres://", "postgresql://"];

    /// <summary>The address of a PostgreSQL database, its password included; never to be shown. Null: it is a file.</summary>
    public string? Server { get; init; }

    /// <param name="url">What was given.</param>
    /// <param name="folder">What a relative path is relative to.</param>
    /// <param name="mistakes">Gets what is wrong with it.</param>
    /// <returns>Null after adding a mistake.</returns>
    public static StoreLocation? Parse(string url, string folder, ICollection<ConfigurationMistake> mistakes)
    {
        if (url.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && url.Length > Scheme.Length)
        {
            var path = url[Scheme.Length..];
            path = path.StartsWith("///", StringComparison.Ordinal) ? path[2..] : path;
            if (!System.IO.Path.EndsInDirectorySeparator(path))
            {
                return new StoreLocation(System.IO.Path.GetFullPath(path, folder));
            }

            mistakes.Add(new($"the store '{url}' names a folder", $"name the file in it, for instance '{url}index.db'"));
            return null;
        }

        if (IsServer(url))
        {
            if (ServerAddress.FindMistake(url) is not { } mistake)
            {
                return new StoreLocation("") { Server = url };
            }

            mistakes.Add(mistake);
            return null;
        }

        mistakes.Add(url.StartsWith("postgres", StringComparison.OrdinalIgnoreCase)
            ? new("the address of the PostgreSQL store cannot be read", "write 'postgres://USER@HOST:PORT/DATABASE'")
            : new($"the store '{url}' is of no known kind",
                "write 'sqlite:PATH', for instance 'sqlite:index.db', or 'postgres://USER@HOST:PORT/DATABASE'"));
        return null;
    }

    /// <summary>The address of a server without its password, as it may be shown and kept; anything else as it is.</summary>
    public static string WithoutSecrets(string url)
    {
        if (!IsServer(url))
        {
            return url;
        }

        var start = url.IndexOf("://", StringComparison.Ordinal) + 3;
        var query = url.IndexOf('?', StringComparison.Ordinal) is var mark and >= 0 ? mark : url.Length;
        var at = url.LastIndexOf('@', query - 1);
        var user = at < start ? "" : url[start..at].Split(':')[0] + "@";
        var settings = string.Join('&', url[query..].TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Where(setting => !setting.Contains("pass", StringComparison.OrdinalIgnoreCase)));
        return url[..start] + user + url[Math.Max(start, at + 1)..query] + (settings.Length > 0 ? "?" + settings : "");
    }

    public override string ToString() => Server is null ? Scheme + Path : WithoutSecrets(Server);

    private static bool IsServer(string url) =>
        ServerSchemes.Any(scheme => url.StartsWith(scheme, StringComparison.OrdinalIgnoreCase));
}
