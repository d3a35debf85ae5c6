namespace Tidemark.Server.Hooks;

/// <summary>A delivery whose sender is known.</summary>
/// <param name="Hook">Where it came in.</param>
/// <param name="Id">What names it, however often it is sent; null: nothing that is signed does.</param>
/// <param name="Body">As it was sent.</param>
internal sealed record TakenDelivery(Hook Hook, string? Id, HookBody Body);
