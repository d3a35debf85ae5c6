using Tidemark.Documents;
using Tidemark.Server.Http;

namespace Tidemark.Server.Operations;

/// <summary>The sources that the service was put together with. They belong to its own namespace: in another one they are nobody's.</summary>
internal static class ServedSources
{
    /// <param name="call">Says in which namespace.</param>
    /// <param name="names">Which; none: all.</param>
    /// <returns>Null: those of the index.</returns>
    /// <exception cref="TidemarkException"><c>usage</c>, <c>source.missing</c>.</exception>
    public static IReadOnlyList<IDocumentSource>? ToSync(Call call, IReadOnlyList<string> names)
    {
        if (!IsOwn(call))
        {
            throw new TidemarkException(
                ErrorCodes.Usage,
                $"the sources of the service belong to its own namespace, and not to '{call.Namespace}'",
                "leave 'namespace' out, or put documents into it: PUT documents/ID");
        }

        var sources = call.Options.Sources?.Invoke(names.Count == 0 ? null : names);
        if (sources is { Count: 0 })
        {
            throw new TidemarkException(ErrorCodes.Usage, "no source is configured", "name some in 'sources' of the service's configuration, or put documents: PUT documents/ID");
        }

        return sources ?? (names.Count == 0 ? null : throw new TidemarkException(
            ErrorCodes.Usage, "sources cannot be named here", "leave 'source' out: all sources of the index are meant"));
    }

    /// <summary>What a namespace is compared with: with the sources that are named, and without a name with nothing but itself.</summary>
    public static IReadOnlyList<IDocumentSource>? ToCompare(Call call, IReadOnlyList<string> names) => names.Count == 0 ? [] : ToSync(call, names);

    /// <summary>From where a repair may write damaged documents anew, where none are named: all there are.</summary>
    /// <returns>Null: those of the index.</returns>
    public static IReadOnlyList<IDocumentSource>? Origins(Call call, IReadOnlyList<string> names) =>
        names.Count > 0 || !IsOwn(call) ? [] : call.Options.Sources?.Invoke(null);

    private static bool IsOwn(Call call) => call.Namespace == (call.Options.Namespace ?? call.Index.Namespace);
}
