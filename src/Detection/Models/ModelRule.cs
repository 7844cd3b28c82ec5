using Chitti.Inference;
using Microsoft.Extensions.Options;

namespace Chitti.Detection;

/// <summary>Validates that the models load. Keeps them, because loading takes a while.</summary>
internal sealed class ModelRule : IValidateOptions<ModelOptions>
{
    private ModelShelf? _shelf;

    /// <summary>The models of the validated options.</summary>
    public ModelShelf Shelf => _shelf ?? throw new InvalidOperationException("The model options have not been validated.");

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
