using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Tidemark.Server.Hooks.Mapping;

/// <summary>What the pointers and headers of a mapping lead to in one event.</summary>
/// <param name="Root">The event.</param>
/// <param name="Headers">Of the request.</param>
internal sealed record EventScope(JsonElement Root, IHeaderDictionary Headers)
{
    /// <summary>The name that <see cref="Row"/> has for pointers.</summary>
    public const string RowName = "row";

    /// <summary>Of a change of a row: the row as it is now, or as it was where it is gone; null: it is no such event.</summary>
    public JsonElement? Row { get; init; }

    /// <summary>What stands in the place of a value that was not sent; null: nothing does.</summary>
    public Func<JsonElement, bool>? IsUnsent { get; init; }

    /// <returns>Null: nothing is there, or a JSON null.</returns>
    /// <exception cref="EventFault">What is there was not sent.</exception>
    public JsonElement? Find(JsonPointer pointer)
    {
        var found = Row is { } row && pointer.First == RowName ? pointer.FindRest(row) : pointer.Find(Root);
        if (found is not { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } value)
        {
            return null;
        }

        return IsUnsent?.Invoke(value) == true
            ? throw new EventFault(
                $"'{pointer}' was not sent, since the change did not touch it (it is too large to be sent along unchanged)",
                "have the database send whole rows ('ALTER TABLE … REPLICA IDENTITY FULL', or Debezium's reselect-columns post-processor); until then the document stays as it is")
            : value;
    }
}
