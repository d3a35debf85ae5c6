namespace Tidemark.Indexing;

/// <summary>Opens external indexes by their location.</summary>
public interface IExternalIndexes
{
    /// <param name="location">For instance <c>chroma:http://localhost:8000/handbook</c>.</param>
    /// <exception cref="TidemarkException"><c>configuration.invalid</c>: nobody here knows such a location.</exception>
    IExternalIndex Open(string location);
}
