using System.Text.RegularExpressions;

namespace Tidemark.Chroma;

/// <summary>Which collection of which Chroma server.</summary>
public sealed partial record ChromaLocation
{
    /// <summary>What every location begins with.</summary>
    public const string Scheme = "chroma:";

    private const string DefaultTenant = "default_tenant";
    private const string DefaultDatabase = "default_database";

    private ChromaLocation(Uri server, string collection)
    {
        Server = server;
        Collection = collection;
    }

    /// <summary>The server's address, with a slash at its end.</summary>
    public Uri Server { get; }

    /// <summary>The collection's name.</summary>
    public string Collection { get; }

    /// <summary>By default <c>default_tenant</c>.</summary>
    public string Tenant { get; private init; } = DefaultTenant;

    /// <summary>By default <c>default_database</c>.</summary>
    public string Database { get; private init; } = DefaultDatabase;

    /// <param name="text"><c>chroma:http://HOST:PORT/COLLECTION</c>, perhaps with <c>?tenant=T&amp;database=D</c>.</param>
    /// <exception cref="TidemarkException"><c>configuration.invalid</c>: it is not such a location.</exception>
    public static ChromaLocation Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            || !Uri.TryCreate(text[Scheme.Length..], UriKind.Absolute, out var address)
            || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
        {
            throw Invalid($"the index '{WithoutSecret(text)}' is not the address of a Chroma collection");
        }

        if (address.UserInfo.Length > 0)
        {
            throw Invalid(
                $"the index '{WithoutSecret(text)}' holds a user or a password, which would be stored with it",
                "leave them out, and put the server's token into the environment variable 'CHROMA_TOKEN'");
        }

        var slash = address.AbsolutePath.LastIndexOf('/');
        var collection = Uri.UnescapeDataString(address.AbsolutePath[(slash + 1)..]);
        if (!CollectionName().IsMatch(collection))
        {
            throw Invalid(
                $"'{collection}' cannot be the name of a Chroma collection",
                "take 3 to 512 letters, digits, dots, dashes and underscores, with a letter or a digit at both ends: "
                + "chroma:http://localhost:8000/handbook");
        }

        return Read(new ChromaLocation(new Uri(address, address.AbsolutePath[..(slash + 1)]), collection), address.Query, text);
    }

    /// <summary>The canonical text: the same for the same collection.</summary>
    public override string ToString()
    {
        var query = new List<string>();
        if (Tenant != DefaultTenant)
        {
            query.Add("tenant=" + Uri.EscapeDataString(Tenant));
        }

        if (Database != DefaultDatabase)
        {
            query.Add("database=" + Uri.EscapeDataString(Database));
        }

        return Scheme + Server + Collection + (query.Count == 0 ? "" : "?" + string.Join('&', query));
    }

    private static ChromaLocation Read(ChromaLocation location, string query, string text)
    {
        foreach (var pair in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var value = equals < 0 ? "" : Uri.UnescapeDataString(pair[(equals + 1)..]);
            location = (equals < 0 ? pair : pair[..equals]) switch
            {
                "tenant" when value.Length > 0 => location with { Tenant = value },
                "database" when value.Length > 0 => location with { Database = value },
                var other => throw Invalid(
                    $"the index '{WithoutSecret(text)}' has a parameter '{other}' that means nothing",
                    "after the question mark only 'tenant=NAME' and 'database=NAME' are known"),
            };
        }

        return location;
    }

    private static TidemarkException Invalid(string message, string? remedy = null) => new(
        ErrorCodes.ConfigurationInvalid, message, remedy ?? "write chroma:http://HOST:PORT/COLLECTION");

    private static string WithoutSecret(string text)
    {
        var at = text.LastIndexOf('@');
        return at < 0 ? text : Scheme + "…@" + text[(at + 1)..];
    }

    [GeneratedRegex("^[a-zA-Z0-9][a-zA-Z0-9._-]{1,510}[a-zA-Z0-9]$", RegexOptions.NonBacktracking)]
    private static partial Regex CollectionName();
}
