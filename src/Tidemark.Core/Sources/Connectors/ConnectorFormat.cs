namespace Tidemark.Sources;

/// <summary>Whose messages a connector writes.</summary>
public enum ConnectorFormat
{
    /// <summary>A tap of Singer (Meltano).</summary>
    Singer,

    /// <summary>A source of Airbyte.</summary>
    Airbyte,
}
