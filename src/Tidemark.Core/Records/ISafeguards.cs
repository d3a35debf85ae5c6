namespace Tidemark.Records;

/// <summary>Rules about documents that outlive them: legal holds, and what was forgotten. Writing takes no lease.</summary>
public interface ISafeguards
{
    /// <summary>Those of a namespace, by scope and name; none where it does not exist.</summary>
    ValueTask<IReadOnlyList<Safeguard>> ListAsync(string @namespace, SafeguardKind kind, CancellationToken cancellationToken);

    /// <returns>False: there is one of this kind, scope and name already, which stays as it is.</returns>
    /// <exception cref="TidemarkException"><c>namespace.missing</c>.</exception>
    ValueTask<bool> AddAsync(string @namespace, Safeguard safeguard, CancellationToken cancellationToken);

    /// <returns>False: there is none.</returns>
    ValueTask<bool> RemoveAsync(
        string @namespace, SafeguardKind kind, SafeguardScope scope, string name, CancellationToken cancellationToken);
}
