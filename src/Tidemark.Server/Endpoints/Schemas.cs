namespace Tidemark.Server.Endpoints;

/// <summary>Names of what answers are, in the description for programs.</summary>
internal static class Schemas
{
    public const string Array = "Array";
}
