namespace ProductCatalogue;

/// <summary>A row of the table of products.</summary>
internal sealed record Product(int Id, string Name, string Category, string Description, decimal Price);
