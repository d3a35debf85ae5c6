using System.Collections.Concurrent;
using Tidemark.Adopting;
using Tidemark.Indexing;
using Tidemark.Networking;

namespace Tidemark.Chroma;

/// <summary>Opens collections of Chroma servers as external indexes. Safe for concurrent use.</summary>
public sealed class ChromaIndexes : IExternalIndexes, IDisposable
{
    private readonly ChromaOptions _options;
    private readonly TimeProvider _clock;
    private readonly string? _token;
    private readonly ConcurrentDictionary<Uri, ChromaClient> _clients = new();

    /// <param name="options">How servers are asked.</param>
    /// <param name="clock">Measures the pauses between attempts.</param>
    /// <exception cref="TidemarkException"><c>configuration.invalid</c>: the token has characters that no header may have.</exception>
    public ChromaIndexes(ChromaOptions options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(clock);
        _options = options;
        _clock = clock;
        _token = options.Token is { Length: > 0 } token
            ? HeaderSecret.Require(token, "the token of the Chroma server ('CHROMA_TOKEN')")
            : null;
    }

    /// <inheritdoc/>
    /// <exception cref="TidemarkException">
    /// <c>configuration.invalid</c>: it is no location, or the environment names a proxy that is none.
    /// </exception>
    public IExternalIndex Open(string location) => new ChromaIndex(Connect(location));

    /// <summary>A collection whose texts and vectors are taken over; it is only read, whoever has filled it.</summary>
    /// <param name="location"><c>chroma:http://HOST:PORT/COLLECTION</c></param>
    /// <exception cref="TidemarkException"><c>configuration.invalid</c>: as of <see cref="Open"/>.</exception>
    public IEmbeddingOrigin OpenOrigin(string location) => new ChromaOrigin(Connect(location));

    /// <summary>Closes the connections.</summary>
    public void Dispose()
    {
        foreach (var client in _clients.Values)
        {
            client.Dispose();
        }
    }

    private ChromaConnection Connect(string location)
    {
        var parsed = ChromaLocation.Parse(location);
        if (_token is not null && !SecretTransport.Allows(parsed.Server))
        {
            throw new TidemarkException(
                ErrorCodes.ConfigurationInvalid,
                $"the token would be sent unencrypted to '{parsed.Server.Scheme}://{parsed.Server.Authority}'",
                "use an address with https, or one of this machine; or unset the token if the server wants none");
        }

        var client = _clients.GetOrAdd(parsed.Server, server => new ChromaClient(HttpRoute.To(server), _token));
        return new ChromaConnection(client, parsed, _options, _clock);
    }
}
