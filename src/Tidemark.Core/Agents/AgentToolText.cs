namespace Tidemark.Agents;

/// <summary>What a tool says of itself.</summary>
/// <param name="Input">JSON Schema.</param>
/// <param name="Output">JSON Schema.</param>
internal sealed record AgentToolText(string Name, string Title, string Description, string Input, string Output);
