using Tidemark.Sources;

namespace Tidemark.Conformance.Sources;

/// <summary>Messages of Airbyte.</summary>
public abstract class AirbyteConformance : ConnectorConformance
{
    protected override ConnectorFormat Format => ConnectorFormat.Airbyte;
}
