using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Tidemark.Server.Hooks.Mapping;

namespace Tidemark.Server.Hooks;

/// <summary>
/// What events are called among dead letters: by a name and their content, so that one that is sent again takes no second place and two that differ
/// have one each. Never as a document is.
/// </summary>
/// <param name="taken">How they came.</param>
/// <param name="sent">What the sender calls the delivery, signed or not; empty: nothing.</param>
/// <param name="events">In their order.</param>
internal sealed class EventNames(TakenDelivery taken, string sent, IReadOnlyList<HookEvent> events)
{
    private const int Longest = 200, HashDigits = 16;

    private string? _delivery;

    /// <summary>Nothing keeps senders from calling two the same.</summary>
    private string Delivery => _delivery ??= Join(taken.Id, taken.Hash());

    /// <summary>An event's own name tells it from others of its sender at best, and a row's place in a log not from the next row: its content does.</summary>
    public string Of(int place) => $"webhook:{taken.Hook.Name}/" + (events[place] is { Id: { } own, Scope.Root: { ValueKind: not JsonValueKind.Undefined } root }
        ? Join(own, SHA256.HashData(JsonMarshal.GetRawUtf8Value(root)))
        : events.Count == 1 ? Delivery : string.Create(CultureInfo.InvariantCulture, $"{Delivery}#{place + 1}"));

    /// <returns>The hash alone where there is no name that can be shown.</returns>
    private static string Join(string? name, byte[] hash) => Printable(name?.Trim()) is { } shown && shown.Length + HashDigits < Longest ? $"{shown}@{Shown(hash)}" : Shown(hash);

    /// <summary>For people who look for it where it was sent.</summary>
    public string Sent => Printable(sent) is { } name ? $" (delivery '{name}')" : "";

    private static string Shown(byte[] hash) => Convert.ToHexStringLower(hash)[..HashDigits];

    private static string? Printable(string? name) =>
        name is { Length: > 0 and <= Longest } && name.All(c => !char.IsControl(c) && !char.IsSurrogate(c)) ? name : null;
}
