using Microsoft.AspNetCore.Http;
using Tidemark.Server.Guarding;
using Tidemark.Server.Http;
using Tidemark.Serving;

namespace Tidemark.Server.Dashboard;

/// <summary>What is around a page: where it is, who looks at it, and how one goes elsewhere from it.</summary>
/// <param name="Root">Where the dashboard is mapped, without a slash at the end.</param>
/// <param name="Path">Of the page, below the root.</param>
/// <param name="Title">Of the page.</param>
internal sealed record PageFrame(string Root, string Path, string Title)
{
    /// <summary>Whoever looks; null: that is not known.</summary>
    public Caller? Caller { get; init; }

    /// <summary>The namespace that is looked at.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>The address names the namespace, so links do as well.</summary>
    public bool NamesNamespace { get; init; }

    /// <summary>What the page shows goes on changing.</summary>
    public bool IsLive { get; init; }

    /// <summary>The moment that ages are counted from.</summary>
    public DateTimeOffset Now { get; init; }

    public bool MayWrite => Caller?.Scope >= AccessScope.Write;

    public bool MayAdministrate => Caller?.Scope >= AccessScope.Admin;

    public static PageFrame Of(Call call, string path, string title) => new(RootOf(call.Context.Request, path), path, title)
    {
        Caller = call.Caller,
        Namespace = call.Namespace,
        NamesNamespace = call.Arguments.Text(CommonParameters.Namespace.Name) is not null,
        Now = call.Service.Clock.GetUtcNow(),
    };

    /// <summary>Of a request that came to a page, wherever that was mapped.</summary>
    public static string RootOf(HttpRequest request, string path)
    {
        var whole = (request.PathBase + request.Path).Value!;
        return whole.EndsWith(path, StringComparison.OrdinalIgnoreCase) ? whole[..^path.Length].TrimEnd('/') : "";
    }

    /// <summary>The address of another page.</summary>
    /// <param name="path">Below the root, without a slash in front.</param>
    /// <param name="arguments">Those that are null or empty are left out.</param>
    public string To(string path, params ReadOnlySpan<(string Name, string? Value)> arguments)
    {
        var query = NamesNamespace ? [$"namespace={Uri.EscapeDataString(Namespace)}"] : new List<string>();
        foreach (var (name, value) in arguments)
        {
            if (!string.IsNullOrEmpty(value))
            {
                query.Add($"{name}={Uri.EscapeDataString(value)}");
            }
        }

        return $"{Root}/{path}{(query.Count == 0 ? "" : "?")}{string.Join('&', query)}";
    }
}
