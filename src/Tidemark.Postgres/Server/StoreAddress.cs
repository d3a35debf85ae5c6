using System.Globalization;
using Npgsql;

namespace Tidemark.Postgres.Server;

/// <summary>Where a store is: a server, a database, a schema in it, and who asks.</summary>
internal sealed class StoreAddress
{
    private const string DefaultSchema = "tidemark";

    /// <summary>Its values are written with a dash between words by libpq (<c>verify-full</c>) and without by the driver.</summary>
    private const string SslMode = "SSL Mode";

    private static readonly string[] Schemes = ["postgres://", "postgresql://"];

    /// <summary>Names of libpq, which stand in the addresses that providers hand out, and those of the driver.</summary>
    private static readonly Dictionary<string, string> OtherNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["sslmode"] = SslMode,
        ["sslrootcert"] = "Root Certificate",
        ["sslcert"] = "SSL Certificate",
        ["sslkey"] = "SSL Key",
        ["sslpassword"] = "SSL Password",
        ["sslnegotiation"] = "SSL Negotiation",
        ["connect_timeout"] = "Timeout",
        ["krbsrvname"] = "Kerberos Service Name",
        ["gssencmode"] = "GSS Encryption Mode",
        ["target_session_attrs"] = "Target Session Attributes",
    };

    private readonly NpgsqlConnectionStringBuilder _connection;

    private StoreAddress(NpgsqlConnectionStringBuilder connection, string schema)
    {
        _connection = connection;
        Schema = schema;
    }

    public string Schema { get; }

    public string Database => _connection.Database!;

    public string Server => string.Create(CultureInfo.InvariantCulture, $"{_connection.Host}:{_connection.Port}");

    public string User => _connection.Username ?? "";

    /// <summary>
    /// Reads <c>postgres://[USER[:PASSWORD]@]HOST[:PORT]/DATABASE[?schema=NAME&amp;sslmode=MODE&amp;…]</c>; any setting of Npgsql may
    /// follow. What is left out comes from PGHOST, PGPORT, PGUSER, PGPASSWORD, PGDATABASE.
    /// </summary>
    /// <exception cref="TidemarkException"><c>configuration.invalid</c>; it does not show the password.</exception>
    public static StoreAddress Parse(string url)
    {
        var scheme = Schemes.FirstOrDefault(known => url.StartsWith(known, StringComparison.OrdinalIgnoreCase))
            ?? throw Invalid("it does not begin with 'postgres://'");
        if (Uri.UnescapeDataString(url).Contains('\0', StringComparison.Ordinal))
        {
            throw Invalid("it contains a NUL character");
        }

        var (rest, query) = Cut(url[scheme.Length..], '?');
        var (authority, database) = Cut(rest, '/');
        var at = authority.LastIndexOf('@');
        var (user, password) = Cut(at < 0 ? "" : authority[..at], ':');
        var (host, port) = HostAndPort(authority[(at + 1)..]);
        var connection = new NpgsqlConnectionStringBuilder
        {
            Host = Known(Uri.UnescapeDataString(host), "PGHOST", "localhost"),
            Port = PortOf(Known(port, "PGPORT", "5432")),
            Username = Known(Uri.UnescapeDataString(user), "PGUSER", Environment.UserName),
            Password = Known(Uri.UnescapeDataString(password), "PGPASSWORD", ""),
        };
        connection.Database = Known(Uri.UnescapeDataString(database), "PGDATABASE", connection.Username);
        var schema = ReadSettings(connection, query);
        return new StoreAddress(connection, schema);
    }

    /// <param name="connections">At most; zero: each is made when it is needed, and closed.</param>
    /// <param name="needs">What the database and the role make necessary.</param>
    public string ConnectionString(int connections, SessionNeeds needs)
    {
        var settings = new NpgsqlConnectionStringBuilder(_connection.ConnectionString)
        {
            ApplicationName = _connection.ApplicationName ?? "tidemark",
            SearchPath = string.Join(", ", new[] { Schema, needs.ExtensionSchema }.Distinct(StringComparer.Ordinal).Select(Quote)),
            Options = needs.OptionsAfter(_connection.Options),
            Pooling = connections > 0,
            MaxPoolSize = Math.Max(1, connections),
            MaxAutoPrepare = _connection.ShouldSerialize("Max Auto Prepare") ? _connection.MaxAutoPrepare : 100,
            AutoPrepareMinUsages = 2,
            CommandTimeout = 0,
            TcpKeepAlive = true,
            IncludeErrorDetail = false,
            PersistSecurityInfo = false,
        };
        return settings.ConnectionString;
    }

    public static string Quote(string identifier) => $"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Without user, password and settings.</summary>
    public override string ToString() =>
        $"postgres://{Server}/{Database}" + (Schema == DefaultSchema ? "" : $"?schema={Schema}");

    private static string ReadSettings(NpgsqlConnectionStringBuilder connection, string query)
    {
        var schema = DefaultSchema;
        foreach (var part in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = Cut(part, '=');
            (name, value) = (Uri.UnescapeDataString(name), Uri.UnescapeDataString(value));
            if (name == "schema")
            {
                schema = value.Length is > 0 and <= 63 ? value : throw Invalid($"'{value}' is no name of a schema");
                continue;
            }

            try
            {
                var key = OtherNames.GetValueOrDefault(name) ?? name.Replace('_', ' ');
                connection[key] = key.Equals(SslMode, StringComparison.OrdinalIgnoreCase) ? value.Replace("-", "", StringComparison.Ordinal) : value;
            }
            catch (ArgumentException)
            {
                throw Invalid($"the setting '{name}' is not known, or its value is none of those that it takes");
            }
        }

        return schema;
    }

    private static (string Host, string Port) HostAndPort(string authority)
    {
        var bracket = authority.LastIndexOf(']');
        var colon = authority.LastIndexOf(':');
        return colon > bracket
            ? (authority[..colon].Trim('[', ']'), authority[(colon + 1)..])
            : (authority.Trim('[', ']'), "");
    }

    private static int PortOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536
            ? port
            : throw Invalid($"'{text}' is no port");

    private static string Known(string given, string variable, string otherwise) =>
        given.Length > 0 ? given
            : Environment.GetEnvironmentVariable(variable) is { Length: > 0 } set ? set
            : otherwise;

    private static (string Before, string After) Cut(string text, char at)
    {
        var index = text.IndexOf(at, StringComparison.Ordinal);
        return index < 0 ? (text, "") : (text[..index], text[(index + 1)..]);
    }

    private static TidemarkException Invalid(string why) => new(
        ErrorCodes.ConfigurationInvalid,
        $"the address of the PostgreSQL store cannot be read: {why}",
        "write 'postgres://USER@HOST:PORT/DATABASE', the password in PGPASSWORD, and reserved characters as %XX");
}
