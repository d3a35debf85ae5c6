namespace Tidemark.Sources;

/// <summary>What outlives a listing of a connector's messages.</summary>
public interface IConnectorJournal
{
    /// <returns>What was written last; null: nothing.</returns>
    ValueTask<string?> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Keeps a text in place of the former one.</summary>
    ValueTask WriteAsync(string value, CancellationToken cancellationToken);

    /// <summary>Hands a state of the connector on, as it has to be given back to it: everything that came before it is durable.</summary>
    ValueTask HandOnAsync(string state, CancellationToken cancellationToken);
}
