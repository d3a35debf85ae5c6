namespace Tidemark.Server.Hooks;

/// <summary>Where the changes of a delivery go.</summary>
/// <param name="Service">Whose queue.</param>
/// <param name="Namespace">Of those that say nothing of it.</param>
internal sealed record HookTarget(ServedIndex Service, string Namespace)
{
    /// <summary>Where dead letters are seen of which nothing says where they belong.</summary>
    public string OfNowhere { get; init; } = Namespace;
}
