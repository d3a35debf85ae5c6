namespace Tidemark.Composition.Configuration;

/// <summary>Where a database is, whatever kind it is of. Its parts are as they were written, secrets among them.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Host">Of a file: its path.</param>
internal sealed record SqlAddress(SqlKind Kind, string Host)
{
    /// <summary>For remedies.</summary>
    public const string Expectation =
        "write 'postgres://USER@HOST:PORT/DATABASE', 'mysql://USER@HOST:PORT/DATABASE', 'sqlite:PATH', or 'env:NAME' with the variable that holds it";

    private static readonly (string Scheme, SqlKind Kind)[] Schemes =
    [
        ("postgres://", SqlKind.Postgres), ("postgresql://", SqlKind.Postgres), ("mysql://", SqlKind.MySql), ("mariadb://", SqlKind.MySql),
        ("sqlserver://", SqlKind.SqlServer), ("mssql://", SqlKind.SqlServer), ("sqlite:", SqlKind.Sqlite),
    ];

    public int? Port { get; init; }

    public string? User { get; init; }

    public string? Password { get; init; }

    public string Database { get; init; } = "";

    /// <summary>What follows the question mark.</summary>
    public IReadOnlyList<(string Name, string Value)> Settings { get; init; } = [];

    /// <returns>Null: it cannot be read.</returns>
    public static SqlAddress? Parse(string url)
    {
        var (scheme, kind) = Array.Find(Schemes, known => url.StartsWith(known.Scheme, StringComparison.OrdinalIgnoreCase));
        if (scheme is null || url.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        if (kind == SqlKind.Sqlite)
        {
            return url.Length > scheme.Length ? new SqlAddress(kind, url[scheme.Length..]) : null;
        }

        if (kind == SqlKind.Postgres)
        {
            return ServerAddress.FindMistake(url) is null ? new SqlAddress(kind, url) : null;
        }

        var (rest, settings) = Cut(url[scheme.Length..], '?');
        var (authority, database) = Cut(rest, '/');
        var at = authority.LastIndexOf('@');
        var (user, password) = Cut(at < 0 ? "" : authority[..at], ':');
        var server = authority[(at + 1)..];
        var colon = server.EndsWith(']') ? -1 : server.LastIndexOf(':');
        var port = 0;
        if (server.Length == 0 || database.Length == 0 || (colon >= 0 && (!int.TryParse(server[(colon + 1)..], out port) || port is < 1 or > 65_535)))
        {
            return null;
        }

        return new SqlAddress(kind, Uri.UnescapeDataString(colon < 0 ? server : server[..colon]).Trim('[', ']'))
        {
            Port = colon < 0 ? null : port,
            User = user.Length == 0 ? null : Uri.UnescapeDataString(user),
            Password = password.Length == 0 ? null : Uri.UnescapeDataString(password),
            Database = Uri.UnescapeDataString(database),
            Settings = [.. settings.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => Cut(pair, '='))
                .Select(pair => (Uri.UnescapeDataString(pair.Item1), Uri.UnescapeDataString(pair.Item2)))],
        };
    }

    /// <summary>Without secrets.</summary>
    public override string ToString() => Kind switch
    {
        SqlKind.Sqlite => $"sqlite:{Host}",
        SqlKind.Postgres => StoreLocation.WithoutSecrets(Host),
        _ => $"{(Kind == SqlKind.MySql ? "mysql" : "sqlserver")}://{Host}{(Port is { } port ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $":{port}") : "")}/{Database}",
    };

    private static (string, string) Cut(string text, char at) =>
        text.IndexOf(at, StringComparison.Ordinal) is var i and >= 0 ? (text[..i], text[(i + 1)..]) : (text, "");
}

internal enum SqlKind
{
    Postgres,
    MySql,
    SqlServer,
    Sqlite,
}
