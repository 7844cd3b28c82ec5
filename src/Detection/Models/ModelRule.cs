using Chitti.Inference;
using Microsoft.Extensions.Options;

namespace Chitti.Detection;

/// <summary>The models must load. What was loaded to see that is kept: it takes a while.</summary>
internal sealed class ModelRule : IValidateOptions<ModelOptions>
{
    private ModelShelf? _shelf;

    /// <summary>The models of options that were found valid.</summary>
    public ModelShelf Shelf => _shelf ?? throw new InvalidOperationException("The options of the models have not been validated.");

    public ValidateOptionsResult Validate(string? name, ModelOptions options)
    {
        try
        {
            _shelf ??= ModelFolder.Load(options.ModelsPath, options.DefaultModel);
            return ValidateOptionsResult.Success;
        }
        catch (Exception exception) when (exception is ModelFaultException or IOException or UnauthorizedAccessException)
        {
            return ValidateOptionsResult.Fail($"{ModelOptions.Section}:{nameof(ModelOptions.ModelsPath)}: {exception.Message}");
        }
    }
}
