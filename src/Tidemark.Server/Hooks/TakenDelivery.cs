namespace Tidemark.Server.Hooks;

/// <summary>A delivery whose sender is known.</summary>
/// <param name="Hook">Where it came in.</param>
/// <param name="Id">What names it, however often it is sent; null: nothing that is signed does.</param>
/// <param name="Body">As it was sent.</param>
internal sealed record TakenDelivery(Hook Hook, string? Id, HookBody Body)
{
    /// <summary>The hash of all that it says, where that is more than its body; null: it is not.</summary>
    public Func<byte[]>? Content { get; init; }

    /// <summary>Of all that it says.</summary>
    public byte[] Hash() => Content?.Invoke() ?? Body.Hash();
}
