namespace Tidemark.Serving;

/// <summary>A key that was just made or rotated, with its token: the only moment at which anybody sees it.</summary>
/// <param name="Key">What is known of it.</param>
/// <param name="Token">What its user sends: <c>tmk_ID_SECRET</c>.</param>
public sealed record NewAccessKey(AccessKey Key, string Token)
{
    /// <summary>The token is not for logs.</summary>
    public override string ToString() => $"{nameof(NewAccessKey)} {Key.Id}";
}
