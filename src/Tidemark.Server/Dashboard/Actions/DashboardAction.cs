using System.Text.Json;
using Tidemark.Server.Http;
using Tidemark.Server.Operations;
using Tidemark.Serving;

namespace Tidemark.Server.Dashboard.Actions;

/// <summary>Something that can be done from a page. Nothing is, before somebody has read what it means and sent the form.</summary>
/// <param name="Verb">In the address.</param>
/// <param name="Scope">What a key must be good for.</param>
/// <param name="Parameters">What it is done to.</param>
internal sealed record DashboardAction(string Verb, AccessScope Scope, IReadOnlyList<Parameter> Parameters)
{
    /// <summary>Says what happens, by what there is now.</summary>
    public required Func<Call, CallArguments, Task<Confirmation>> Describe { get; init; }

    /// <summary>Does it, and gives what writes the result.</summary>
    public required Func<Call, CallArguments, Operation, CancellationToken, Task<Action<Utf8JsonWriter>>> Act { get; init; }
}
