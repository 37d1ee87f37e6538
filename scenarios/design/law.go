package design

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// A Law is the probability law of a factor, on a bounded interval.
type Law interface {
	// Check says why this is no law, as a remark on one of its settings.
	Check() error
	// Quantile maps a coordinate in [0, 1] to a value; 0 and 1 to the ends.
	Quantile(u float64) float64
	// Ends are the least and the largest value.
	Ends() (lo, hi float64)
}

// Uniform is the even law.
type Uniform struct {
	Min float64 `yaml:"min" doc:"least value" required:"true"`
	Max float64 `yaml:"max" doc:"largest value" required:"true"`
}

// LogUniform is the law of a value whose logarithm is even: each doubling has the same weight.
type LogUniform struct {
	Min float64 `yaml:"min" doc:"least value, above 0" required:"true"`
	Max float64 `yaml:"max" doc:"largest value" required:"true"`
}

// Triangular is the law whose density rises in a line to its mode and falls in a line from there.
type Triangular struct {
	Min  float64 `yaml:"min" doc:"least value" required:"true"`
	Mode float64 `yaml:"mode" doc:"the likeliest value" required:"true"`
	Max  float64 `yaml:"max" doc:"largest value" required:"true"`
}

// Normal is the normal law, cut off at both ends.
type Normal struct {
	Mean float64 `yaml:"mean" doc:"mean before it is cut off" required:"true"`
	SD   float64 `yaml:"sd" doc:"standard deviation before it is cut off" required:"true"`
	Min  float64 `yaml:"min" doc:"least value" required:"true"`
	Max  float64 `yaml:"max" doc:"largest value" required:"true"`
}

// Beta is the beta law, stretched from [0, 1] to [Min, Max].
type Beta struct {
	Alpha float64 `yaml:"alpha" doc:"first shape, above 0" required:"true"`
	Beta  float64 `yaml:"beta" doc:"second shape, above 0" required:"true"`
	Min   float64 `yaml:"min" doc:"least value" default:"0"`
	Max   float64 `yaml:"max" doc:"largest value" default:"1"`
}

// ordered refuses ends that are none.
func ordered(lo, hi float64) error {
	if lo < hi {
		return nil
	}
	return &SettingError{"max", fmt.Sprintf("%v is not above min, %v", hi, lo), ""}
}

// Check wants Min below Max.
func (l Uniform) Check() error { return ordered(l.Min, l.Max) }

// Quantile is the point that divides the interval as u divides [0, 1].
func (l Uniform) Quantile(u float64) float64 {
	return clamp(l.Min+float64(u*(l.Max-l.Min)), l.Min, l.Max)
}

// Ends are Min and Max.
func (l Uniform) Ends() (lo, hi float64) { return l.Min, l.Max }

// Check wants 0 below Min below Max.
func (l LogUniform) Check() error {
	if l.Min <= 0 {
		return &SettingError{"min", fmt.Sprintf("%v has no logarithm", l.Min), "above 0"}
	}
	return ordered(l.Min, l.Max)
}

// Quantile is even in the logarithm.
func (l LogUniform) Quantile(u float64) float64 {
	return clamp(l.Min*math.Pow(l.Max/l.Min, u), l.Min, l.Max)
}

// Ends are Min and Max.
func (l LogUniform) Ends() (lo, hi float64) { return l.Min, l.Max }

// Check wants Mode within Min and Max.
func (l Triangular) Check() error {
	if l.Mode < l.Min || l.Mode > l.Max {
		return &SettingError{"mode", fmt.Sprintf("%v is not between min and max", l.Mode), fmt.Sprintf("%v to %v", l.Min, l.Max)}
	}
	return ordered(l.Min, l.Max)
}

// Quantile is that of the law.
func (l Triangular) Quantile(u float64) float64 {
	return clamp(distuv.NewTriangle(l.Min, l.Max, l.Mode, nil).Quantile(u), l.Min, l.Max)
}

// Ends are Min and Max.
func (l Triangular) Ends() (lo, hi float64) { return l.Min, l.Max }

// Check wants a spread, and ends between which the law has some weight.
func (l Normal) Check() error {
	if l.SD <= 0 {
		return &SettingError{"sd", fmt.Sprintf("%v is no spread", l.SD), "above 0"}
	}
	if err := ordered(l.Min, l.Max); err != nil {
		return err
	}
	if a, b := l.tails(); !(b-a >= 1e-6) {
		return &SettingError{"min", "the law has next to no weight between min and max", "ends within some standard deviations of the mean"}
	}
	return nil
}

// tails are the weights of the whole law below the two ends.
func (l Normal) tails() (a, b float64) {
	whole := distuv.Normal{Mu: l.Mean, Sigma: l.SD}
	return whole.CDF(l.Min), whole.CDF(l.Max)
}

// Quantile is that of the law between its ends.
func (l Normal) Quantile(u float64) float64 {
	switch u {
	case 0:
		return l.Min
	case 1:
		return l.Max
	}
	a, b := l.tails()
	return clamp(distuv.Normal{Mu: l.Mean, Sigma: l.SD}.Quantile(a+float64(u*(b-a))), l.Min, l.Max)
}

// Ends are Min and Max.
func (l Normal) Ends() (lo, hi float64) { return l.Min, l.Max }

// Check wants shapes above 0.
func (l Beta) Check() error {
	for _, s := range []struct {
		name string
		x    float64
	}{{"alpha", l.Alpha}, {"beta", l.Beta}} {
		if s.x <= 0 || s.x > 1e6 {
			return &SettingError{s.name, fmt.Sprintf("%v is no shape", s.x), "above 0, up to 1000000"}
		}
	}
	return ordered(l.Min, l.Max)
}

// Quantile is that of the law.
func (l Beta) Quantile(u float64) float64 {
	x := distuv.Beta{Alpha: l.Alpha, Beta: l.Beta}.Quantile(u)
	return clamp(l.Min+float64(x*(l.Max-l.Min)), l.Min, l.Max)
}

// Ends are Min and Max.
func (l Beta) Ends() (lo, hi float64) { return l.Min, l.Max }

func clamp(x, lo, hi float64) float64 { return min(max(x, lo), hi) }
