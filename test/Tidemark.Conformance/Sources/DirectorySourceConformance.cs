namespace Tidemark.Conformance.Sources;

/// <summary>A folder as a source.</summary>
public abstract class DirectorySourceConformance : SourceConformance
{
    protected override ValueTask<SourceWorld> MakeAsync() => ValueTask.FromResult<SourceWorld>(new DirectoryWorld());
}
