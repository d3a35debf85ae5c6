using System.Globalization;
using System.Security.Cryptography;
using Tidemark.Server.Hooks.Mapping;

namespace Tidemark.Server.Hooks;

/// <summary>What events are called among dead letters: by what their sender calls them, else by their content. Never as a document is.</summary>
internal sealed class EventNames(TakenDelivery taken, string sent, IReadOnlyList<HookEvent> events)
{
    private const int Longest = 200, HashDigits = 16;

    private readonly string _delivery = Printable(taken.Id) ?? Printable(sent)
        ?? Convert.ToHexStringLower(SHA256.HashData(taken.Body.Bytes.Span))[..HashDigits];

    public string Of(int place) =>
        $"webhook:{taken.Hook.Name}/{Printable(events[place].Id) ?? (events.Count == 1 ? _delivery : string.Create(CultureInfo.InvariantCulture, $"{_delivery}#{place + 1}"))}";

    private static string? Printable(string? name) =>
        name is { Length: > 0 and <= Longest } && name.All(c => !char.IsControl(c) && !char.IsSurrogate(c)) ? name : null;
}
